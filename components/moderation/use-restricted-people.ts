'use client'
import useSWR from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { useIsAllowed, useRoom } from '#components/room/use-room.ts'
import { restrictedPeopleSchema } from '#lib/protocol/restricted-people.ts'

/** Others moderate too. */
const refreshEveryInMs = 30_000

/** Who is muted and who is banned here; not asked by who does not moderate. */
export function useRestrictedPeople() {
  const config = usePublicConfig()
  const mayModerate = useIsAllowed('moderate')
  const sessionId = useRoom((view) => view.session.id)
  return useSWR(
    mayModerate ? `/api/sessions/${sessionId}/restricted` : null,
    (path: string) => authClientOf(config).request(path, restrictedPeopleSchema),
    { refreshInterval: refreshEveryInMs, revalidateOnFocus: false },
  )
}
