import { decodeProtectedHeader, importJWK, type JWK, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Claims, VerifyToken } from './claims.ts'
import type { Keys } from './keys.ts'

export type Tokens = {
  /** Signs an access token; `claims.exp` is required. */
  sign: (claims: Claims & { exp: number }) => Promise<string>
  verify: VerifyToken
  isApiKey: (key: string) => boolean
  /** RFC 7517: the public half of the signing key. */
  jwks: { keys: JWK[] }
}

const claimsOfToken = z.looseObject({
  role: z.string(),
  sub: z.string().optional(),
  exp: z.number().optional(),
})

/** Signs and verifies everything that says who sends a request. */
export async function createTokens(keys: Keys): Promise<Tokens> {
  const { d: _private, ...publicJwk } = keys.accessTokenKey
  const signingKey = await importJWK(keys.accessTokenKey, 'ES256')
  const verifyingKey = await importJWK(publicJwk, 'ES256')
  const legacySecret = new TextEncoder().encode(keys.legacySecret)
  const apiKeys = new Map<string, Claims>([
    [keys.publishableKey, { role: 'anon' }],
    [keys.secretKey, { role: 'service_role' }],
    [keys.legacyAnonKey, { role: 'anon' }],
    [keys.legacyServiceRoleKey, { role: 'service_role' }],
  ])

  return {
    sign: (claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: publicJwk.kid })
        .sign(signingKey),
    verify: async (token) => {
      const apiKey = apiKeys.get(token)
      if (apiKey) return apiKey
      try {
        // The algorithm decides which key verifies, and each key is bound to its one algorithm.
        const { payload } =
          decodeProtectedHeader(token).alg === 'HS256'
            ? await jwtVerify(token, legacySecret, { algorithms: ['HS256'] })
            : await jwtVerify(token, verifyingKey, { algorithms: ['ES256'] })
        return claimsOfToken.parse(payload)
      } catch {
        return null
      }
    },
    isApiKey: (key) => apiKeys.has(key),
    jwks: { keys: [{ ...publicJwk, use: 'sig', key_ops: ['verify'] }] },
  }
}
