import { isAuthRetryableFetchError } from '@supabase/supabase-js'
import { CodedError } from '#lib/protocol/errors.ts'
import type { Db } from './clients.ts'
import type { VerifyToken } from './verify-token.ts'

/** Who sends a request, by the verified claims of the access token. */
export type Person = { userId: string; isGuest: boolean }

/**
 * The person behind a client; null when nobody is signed in. What `getSession` gives is only what the cookies say: the
 * token alone is taken from it, and `verify` decides.
 * @throws CodedError `unavailable` when Auth could not be asked.
 */
export async function identify(db: Db, verify: VerifyToken): Promise<Person | null> {
  const { data, error } = await db.auth.getSession()
  if (error && isAuthRetryableFetchError(error)) throw new CodedError('unavailable', { cause: error })
  if (!data.session) return null
  try {
    const { userId, isGuest } = await verify(data.session.access_token)
    return { userId, isGuest }
  } catch (thrown) {
    if (thrown instanceof CodedError && thrown.code === 'not_signed_in') return null
    throw thrown
  }
}
