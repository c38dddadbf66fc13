import { isFinalCode } from '#lib/client/session/final-codes.ts'
import { type ErrorCode, errorBodySchema } from '#lib/protocol/errors.ts'

/** The lines to our own server, as the signed-in person. */
export type OwnServer = {
  /** `fetch` for a path of ours; outside of a browser it adds the address and `Authorization`. */
  fetch: (path: string, init: RequestInit) => Promise<Response>
  /** Renews the access token where it ran out or soon will; rejects where nobody could be asked. */
  refreshAuth: () => Promise<void>
  random: () => number
}

/** Why a request brought nothing. Only a refusal of our own ends a transport: a proxy's 403 may be gone tomorrow. */
export type Failure =
  | { is: 'refused'; code: ErrorCode }
  | { is: 'unauthorised' }
  | { is: 'failed'; retryInMs: number | null }

export const failed: Failure = { is: 'failed', retryInMs: null }

/** What a response that is no success means. */
export async function readFailure(response: Response): Promise<Failure> {
  const body = errorBodySchema.safeParse(await response.json().catch(() => null))
  if (!body.success) return failed
  if (response.status === 401) return { is: 'unauthorised' }
  const { code, retryAfterInMs = null } = body.data.error
  return isFinalCode(code) ? { is: 'refused', code } : { is: 'failed', retryInMs: retryAfterInMs }
}
