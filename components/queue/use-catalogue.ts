'use client'
import useSWR from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { catalogueSchema } from '#lib/protocol/catalogue.ts'

/**
 * The tracks that can be asked for, searched by the server; asked for while `isOpen`. Undefined until the first answer to
 * this search; `hasFailed`: the last attempt did.
 */
export function useCatalogue(sessionId: string, search: string, isOpen: boolean) {
  const config = usePublicConfig()
  const path = `/api/sessions/${sessionId}/catalogue?q=${encodeURIComponent(search)}`
  const find = async () => ({
    search,
    catalogue: await authClientOf(config).request(path, catalogueSchema),
  })
  const { data, error } = useSWR(isOpen ? path : null, find, {
    // For the time in which the list closes; what was found for other words is not shown for these.
    keepPreviousData: true,
    // Music that has just been added, by the DJ or at the very first start, shows up by itself.
    refreshInterval: 5_000,
    revalidateOnFocus: false,
    dedupingInterval: 1_000,
  })
  return { catalogue: data?.search === search ? data.catalogue : undefined, hasFailed: error !== undefined }
}
