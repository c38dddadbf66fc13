import { isAuthRetryableFetchError } from '@supabase/supabase-js'
import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import type { Db } from './clients.ts'

/** Who sends a request, by the verified claims of the access token. */
export type Person = { userId: string; isGuest: boolean }

const claimsSchema = z.object({ sub: z.uuid(), is_anonymous: z.boolean().default(false) })

/**
 * The person behind a client; null when nobody is signed in. `getClaims` verifies the token's signature, which
 * `getSession` does not.
 * @throws CodedError `unavailable` when Auth could not be asked.
 */
export async function identify(db: Db): Promise<Person | null> {
  const { data, error } = await db.auth.getClaims()
  if (error && isAuthRetryableFetchError(error)) throw new CodedError('unavailable', { cause: error })
  const claims = claimsSchema.safeParse(data?.claims)
  return claims.success ? { userId: claims.data.sub, isGuest: claims.data.is_anonymous } : null
}
