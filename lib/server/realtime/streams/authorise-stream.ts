import { CodedError } from '#lib/protocol/errors.ts'
import { accessTokenOf, type Credentials } from '../../db/access-token.ts'
import type { VerifyToken } from '../../db/verify-token.ts'

/** Who may read, and until when (epoch ms); the token speaks for the person to the database. */
export type Grant = { userId: string; expiresAtInMs: number; accessToken: string }

export type AuthoriseStream = (sessionId: string, credentials: Credentials) => Promise<Grant>

/**
 * Decides who may open a session's stream: verified members. Why somebody else may not, SQL says as everywhere.
 * @throws CodedError
 */
export function createAuthoriseStream(deps: {
  verify: VerifyToken
  isMember: (sessionId: string, userId: string) => Promise<boolean>
  /** Asks as the person themselves. @throws CodedError for whoever is no member. */
  refuseOutsider: (sessionId: string, accessToken: string) => Promise<unknown>
}): AuthoriseStream {
  return async (sessionId, credentials) => {
    const accessToken = await accessTokenOf(credentials)
    if (!accessToken) throw new CodedError('not_signed_in')
    const { userId, expiresAtInMs } = await deps.verify(accessToken)
    // Where SQL does not refuse, the person became a member in between.
    if (!(await deps.isMember(sessionId, userId))) await deps.refuseOutsider(sessionId, accessToken)
    return { userId, expiresAtInMs, accessToken }
  }
}
