/** The roles a request can act as: PostgreSQL roles of the same names. */
export type Role = 'anon' | 'authenticated' | 'service_role'

/**
 * Verified claims of whoever sends a request. `sub` is the user's id and absent for the API keys;
 * `exp` is in seconds since 1970. The whole object is what SQL sees as `request.jwt.claims`.
 */
export type Claims = {
  role: string
  sub?: string
  exp?: number
  [claim: string]: unknown
}

/**
 * Verifies a bearer token or API key; null when it is none of ours, forged or expired. Accepted:
 * - access tokens of signed-in people (ES256, the key is in `/auth/v1/.well-known/jwks.json`),
 * - the legacy API keys: HS256 tokens with role `anon` or `service_role`,
 * - today's API keys: `sb_publishable_...` stands for anon, `sb_secret_...` for service_role.
 */
export type VerifyToken = (token: string) => Promise<Claims | null>
