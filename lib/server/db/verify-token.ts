import { hash } from 'node:crypto'
import { isAuthRetryableFetchError } from '@supabase/supabase-js'
import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import type { Db } from './clients.ts'

/** Whom a token names, and until when it does, in epoch ms. */
export type VerifiedToken = { userId: string; expiresAtInMs: number }

export type VerifyToken = (token: string) => Promise<VerifiedToken>

const claimsSchema = z.object({ sub: z.uuid(), exp: z.number() })

/**
 * Verifies access tokens by one shared client, and remembers the verified ones until they end: people come back, and a
 * project whose tokens are signed with a shared secret asks Auth about each of them.
 * @throws CodedError `not_signed_in`, or `unavailable` when Auth could not be asked.
 */
export function createTokenVerifier(deps: {
  auth: Pick<Db['auth'], 'getClaims'>
  now: () => number
  rememberedMax?: number
}): VerifyToken {
  const { auth, now, rememberedMax = 20_000 } = deps
  // The least recently used comes first: a Map keeps the order of insertion.
  const remembered = new Map<string, VerifiedToken>()

  const remember = (key: string, verified: VerifiedToken): VerifiedToken => {
    remembered.delete(key)
    remembered.set(key, verified)
    const [oldest] = remembered.keys()
    if (remembered.size > rememberedMax && oldest !== undefined) remembered.delete(oldest)
    return verified
  }

  return async (token) => {
    const key = hash('sha256', token, 'base64')
    const known = remembered.get(key)
    if (known && known.expiresAtInMs > now()) return remember(key, known)
    remembered.delete(key)
    const claims = await verifiedClaims(auth, token)
    return remember(key, { userId: claims.sub, expiresAtInMs: claims.exp * 1000 })
  }
}

async function verifiedClaims(auth: Pick<Db['auth'], 'getClaims'>, token: string) {
  const { data, error } = await auth.getClaims(token)
  if (error && isAuthRetryableFetchError(error)) throw new CodedError('unavailable', { cause: error })
  const claims = claimsSchema.safeParse(data?.claims)
  if (!claims.success) throw new CodedError('not_signed_in', { cause: error ?? claims.error })
  return claims.data
}
