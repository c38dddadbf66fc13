import { isAuthRetryableFetchError } from '@supabase/supabase-js'
import { createRemoteJWKSet, decodeJwt, errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import type { Db } from './clients.ts'

const claimsSchema = z.object({ sub: z.uuid(), exp: z.number(), is_anonymous: z.boolean().default(false) })

/** Whom a token names, until when it does, in seconds since the epoch (RFC 7519), and whether that is a guest. */
type VerifiedClaims = z.infer<typeof claimsSchema>

export type ReadVerifiedClaims = (token: string) => Promise<VerifiedClaims>

export type VerifiedClaimsDeps = {
  supabaseUrl: string
  auth: Pick<Db['auth'], 'getUser'>
  /** Epoch ms. */
  now: () => number
}

/** How Supabase Auth signs with key pairs. */
const algorithms = ['ES256', 'RS256']

/**
 * Reads the claims of access tokens whose signature and time are right. The keys are those that Auth publishes (RFC 7517);
 * each is imported once. They are fetched again after ten minutes, and for a key id that is new, though not within 30 s.
 * About a token that none of them fits, such as one signed with the project's shared secret, Auth itself is asked.
 * Rejects with CodedError `not_signed_in`, or `unavailable` when Auth could not be reached.
 */
export function createReadVerifiedClaims({ supabaseUrl, auth, now }: VerifiedClaimsDeps): ReadVerifiedClaims {
  const keyOf = fetchedKeys(supabaseUrl)

  const verify = async (token: string): Promise<unknown> => {
    try {
      const { payload } = await jwtVerify(token, keyOf, { algorithms, currentDate: new Date(now()) })
      return payload
    } catch (error) {
      if (!hasNoKey(error)) throw error
      await askAuth(auth, token)
      return decodeJwt(token)
    }
  }

  return async (token) => {
    const payload = await verify(token).catch((error: unknown) => {
      throw error instanceof CodedError ? error : new CodedError('not_signed_in', { cause: error })
    })
    const claims = claimsSchema.safeParse(payload)
    if (!claims.success) throw new CodedError('not_signed_in', { cause: claims.error })
    return claims.data
  }
}

function fetchedKeys(supabaseUrl: string): JWTVerifyGetKey {
  const published = createRemoteJWKSet(new URL(`${supabaseUrl}/auth/v1/.well-known/jwks.json`))
  return async (header, token) => {
    try {
      return await published(header, token)
    } catch (error) {
      throw hasNoKey(error) ? error : new CodedError('unavailable', { cause: error })
    }
  }
}

function hasNoKey(error: unknown): boolean {
  return (
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  )
}

async function askAuth(auth: VerifiedClaimsDeps['auth'], token: string): Promise<void> {
  const { error } = await auth.getUser(token)
  if (!error) return
  throw new CodedError(isAuthRetryableFetchError(error) ? 'unavailable' : 'not_signed_in', { cause: error })
}
