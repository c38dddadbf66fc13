import { decodeJwt } from 'jose'
import type { Claims, VerifyToken } from '../claims.ts'

/** A refusal to be told to the client, in the words of hosted Realtime. */
export class Refusal extends Error {}

/** Verifies a client's token. */
export async function verifySession(verifyToken: VerifyToken, token: string): Promise<Claims> {
  const claims = await verifyToken(token)
  if (claims) return claims
  const expiredFor = secondsSinceExpiry(token)
  if (expiredFor === undefined) throw new Refusal('MalformedJWT: The token provided is not a valid JWT')
  if (expiredFor > 0) throw new Refusal(`InvalidJWTToken: ${expiryMessage(expiredFor)}`)
  throw new Refusal('JwtSignatureError: Failed to validate JWT signature')
}

export const expiryMessage = (seconds: number) => `Token has expired ${Math.ceil(seconds)} seconds ago`

/** Seconds since a token expired; negative while it holds or when it never expires, undefined for no token. */
function secondsSinceExpiry(token: string): number | undefined {
  try {
    const { exp } = decodeJwt(token)
    return exp === undefined ? -1 : Date.now() / 1000 - exp
  } catch {
    return undefined
  }
}
