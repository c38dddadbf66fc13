'use client'
import useSWR from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { catalogueSchema } from '#lib/protocol/catalogue.ts'

/** The tracks that can be asked for, searched by the server; asked for while `isOpen`. */
export function useCatalogue(sessionId: string, search: string, isOpen: boolean) {
  const config = usePublicConfig()
  const path = `/api/sessions/${sessionId}/catalogue?q=${encodeURIComponent(search)}`
  return useSWR(isOpen ? path : null, () => authClientOf(config).request(path, catalogueSchema), {
    keepPreviousData: true,
    // Music that has just been added, by the DJ or at the very first start, shows up by itself.
    refreshInterval: 5_000,
    revalidateOnFocus: false,
    dedupingInterval: 1_000,
  })
}
