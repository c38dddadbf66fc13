import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createChunks, stringToBase64URL } from '@supabase/ssr'
import { importJWK, type JWK, SignJWT } from 'jose'
import postgres from 'postgres'
import { authCookieName } from '#lib/protocol/public-config.ts'

/** Somebody with an account, signed in: by `cookie` at our own routes, by `accessToken` at Supabase. */
export type SeededPerson = { userId: string; name: string; accessToken: string; cookie: string }

/** Longer than any test or bench runs: nobody has a refresh token that works. */
const lifetimeInSeconds = 6 * 60 * 60

/**
 * Makes people with accounts in an embedded Supabase, in one statement: signing up thousands one by one takes minutes.
 * Their tokens are signed with the installation's own key. They are no guests, so the limits for fresh guests do not
 * concern them.
 *
 * @param dataDir the data folder of the embedded Supabase (`WHATSSOUND_DATA`)
 */
export async function seedPeople(options: {
  dbUrl: string
  dataDir: string
  count: number
  nameOf?: (index: number) => string
}): Promise<SeededPerson[]> {
  const { dbUrl, dataDir, count, nameOf = (index) => `Person ${index + 1}` } = options
  const people = Array.from({ length: count }, (_, index) => ({
    id: crypto.randomUUID(),
    name: nameOf(index),
  }))
  const sql = postgres(dbUrl, { max: 1, onnotice: () => {} })
  await sql`
    insert into auth.users (id, instance_id, aud, role, email, email_confirmed_at, is_anonymous, raw_user_meta_data)
    select id, '00000000-0000-0000-0000-000000000000', 'authenticated', 'authenticated', id || '@example.test', now(), false,
      jsonb_build_object('display_name', name)
    from unnest(${people.map(({ id }) => id)}::uuid[], ${people.map(({ name }) => name)}::text[]) as person (id, name)`
  await sql.end()
  const sign = await createTokenSigner(dataDir)
  return Promise.all(
    people.map(async ({ id, name }) => {
      const accessToken = await sign(id)
      return { userId: id, name, accessToken, cookie: authCookie(id, accessToken) }
    }),
  )
}

async function createTokenSigner(dataDir: string): Promise<(userId: string) => Promise<string>> {
  const file = await readFile(path.join(dataDir, 'keys.json'), 'utf8')
  const { accessTokenKey } = JSON.parse(file) as { accessTokenKey: JWK & { kid: string } }
  const key = await importJWK(accessTokenKey, 'ES256')
  return (userId) =>
    new SignJWT({ role: 'authenticated', is_anonymous: false, aal: 'aal1', session_id: crypto.randomUUID() })
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: accessTokenKey.kid })
      .setSubject(userId)
      .setAudience('authenticated')
      .setIssuedAt()
      .setExpirationTime(`${lifetimeInSeconds}s`)
      .sign(key)
}

/** The `Cookie` header as a browser sends it after a sign-in: what @supabase/ssr reads. */
export function authCookie(userId: string, accessToken: string): string {
  const session = {
    access_token: accessToken,
    refresh_token: 'none',
    token_type: 'bearer',
    expires_in: lifetimeInSeconds,
    expires_at: Math.floor(Date.now() / 1000) + lifetimeInSeconds,
    user: { id: userId },
  }
  const value = `base64-${stringToBase64URL(JSON.stringify(session))}`
  return createChunks(authCookieName, value)
    .map((chunk) => `${chunk.name}=${chunk.value}`)
    .join('; ')
}
