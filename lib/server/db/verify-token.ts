import { hash } from 'node:crypto'
import {
  createReadVerifiedClaims,
  type ReadVerifiedClaims,
  type VerifiedClaimsDeps,
} from './verified-claims.ts'

/** Whom a token names, whether that is a guest, and until when it does, in epoch ms. */
export type VerifiedToken = { userId: string; isGuest: boolean; expiresAtInMs: number }

/** @throws CodedError `not_signed_in`, or `unavailable` when Auth could not be reached. */
export type VerifyToken = (token: string) => Promise<VerifiedToken>

/** Verifies access tokens, and remembers the verified ones until they end. */
export function createTokenVerifier(deps: VerifiedClaimsDeps): VerifyToken {
  return rememberVerified(createReadVerifiedClaims(deps), deps.now)
}

/**
 * Remembers verified tokens until they end: people come back, and a project whose tokens are signed with a shared secret
 * asks Auth about each of them. What was refused is read again.
 */
export function rememberVerified(
  readClaims: ReadVerifiedClaims,
  now: () => number,
  rememberedMax = 20_000,
): VerifyToken {
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
    const { sub, exp, is_anonymous } = await readClaims(token)
    return remember(key, { userId: sub, isGuest: is_anonymous, expiresAtInMs: exp * 1000 })
  }
}
