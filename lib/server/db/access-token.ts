import { combineChunks, parseCookieHeader } from '@supabase/ssr'
import { z } from 'zod'
import { authCookieName } from '#lib/protocol/public-config.ts'

/** The two headers that can say who asks. */
export type Credentials = { authorization?: string | null | undefined; cookie?: string | null | undefined }

const bearerPattern = /^Bearer +([\w.~+/-]+=*)$/i
const base64Prefix = 'base64-'
const authSessionSchema = z.object({ access_token: z.string().min(1) })

/**
 * The access token of a request, not yet verified; null where there is none: from `Authorization: Bearer` (RFC 6750),
 * or from the auth session that @supabase/ssr keeps in the browser's cookies. It is never renewed here: a refresh token
 * is for one use, and its browser is the one to use it.
 */
export async function accessTokenOf({ authorization, cookie }: Credentials): Promise<string | null> {
  if (authorization) return bearerPattern.exec(authorization)?.[1] ?? null
  const cookies = new Map(parseCookieHeader(cookie ?? '').map(({ name, value }) => [name, value]))
  const kept = await combineChunks(authCookieName, (name) => cookies.get(name))
  if (!kept) return null
  const json = kept.startsWith(base64Prefix)
    ? Buffer.from(kept.slice(base64Prefix.length), 'base64url').toString()
    : kept
  try {
    return authSessionSchema.safeParse(JSON.parse(json)).data?.access_token ?? null
  } catch {
    return null
  }
}
