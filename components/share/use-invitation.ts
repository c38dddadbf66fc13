'use client'
import useSWRImmutable from 'swr/immutable'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { useIsAllowed, useRoom } from '#components/room/use-room.ts'
import { invitationSchema } from '#lib/protocol/session-requests.ts'

/**
 * The invitation that the link of a private session needs, made once while `isOpen` by whoever may invite; null where
 * the bare link does, and until it is there.
 */
export function useInvitation(isOpen: boolean): { token: string | null; isMissing: boolean } {
  const config = usePublicConfig()
  const sessionId = useRoom((view) => view.session.id)
  const isPrivate = useRoom((view) => view.session.visibility === 'private')
  const mayInvite = useIsAllowed('manage')
  const path = `/api/sessions/${sessionId}/invitations`
  const { data } = useSWRImmutable(isOpen && isPrivate && mayInvite ? path : null, () =>
    authClientOf(config).request(path, invitationSchema, {}),
  )
  return { token: data?.token ?? null, isMissing: isPrivate && !data }
}
