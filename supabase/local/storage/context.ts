import type { Context } from 'hono'
import type { Sql } from 'postgres'
import type { Claims, VerifyToken } from '../claims.ts'
import type { BucketStore } from './bucket-store.ts'
import { unauthorized } from './errors.ts'
import type { Files } from './files.ts'
import type { PublicObjects } from './object-store.ts'
import type { Tokens } from './tokens.ts'

/** What the routes share. */
export type StorageParts = {
  sql: Sql
  files: Files
  buckets: BucketStore
  publicObjects: PublicObjects
  tokens: Tokens
  verifyToken: VerifyToken
}

/** Who sends the request: the bearer token's claims, else those of the API key. Refuses the unknown. */
export async function requireClaims(c: Context, verifyToken: VerifyToken): Promise<Claims> {
  const bearer = /^bearer\s+(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  const token = bearer ?? c.req.header('apikey')
  if (!token) throw unauthorized('Invalid Compact JWS')
  const claims = await verifyToken(token)
  if (!claims) throw unauthorized('The token is invalid or has expired')
  return claims
}

/** The owner columns for claims: API keys own nothing. */
export function ownerOf(claims: Claims): { owner: string | null; owner_id: string | null } {
  const id = claims.sub ?? null
  const isUuid = id !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
  return { owner: isUuid ? id : null, owner_id: id }
}
