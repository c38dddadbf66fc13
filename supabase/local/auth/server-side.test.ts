import { createServerClient } from '@supabase/ssr'
import postgres from 'postgres'
import { afterAll, expect, inject, test } from 'vitest'

/** The cookies of one browser, as @supabase/ssr reads and writes them on a server. */
const stack = inject('stack')
const sql = postgres(stack.dbUrl)
afterAll(() => sql.end())

function createBrowser() {
  const jar = new Map<string, string>()
  const request = () =>
    createServerClient(stack.url, stack.publishableKey, {
      cookies: {
        getAll: () => [...jar].map(([name, value]) => ({ name, value })),
        setAll: (cookies) => {
          for (const { name, value } of cookies) {
            if (value) jar.set(name, value)
            else jar.delete(name)
          }
        },
      },
    })
  return { jar, request }
}

test('a session lives in cookies from request to request', async () => {
  const { jar, request } = createBrowser()
  const signedIn = await request().auth.signInAnonymously()
  expect(jar.size).toBeGreaterThan(0)
  const next = request()
  expect((await next.auth.getClaims()).data?.claims.sub).toBe(signedIn.data.user?.id)
  expect((await next.rpc('whoami')).data).toMatchObject({ uid: signedIn.data.user?.id })
  await request().auth.signOut()
  expect(jar.size).toBe(0)
  expect((await request().auth.getUser()).data.user).toBeNull()
})

test('an expired session is renewed and the cookies with it', async () => {
  const { jar, request } = createBrowser()
  const first = request()
  const { data } = await first.auth.signInAnonymously()
  const [name, value] = [...jar][0] ?? ['', '']
  const session = JSON.parse(Buffer.from(value.replace('base64-', ''), 'base64url').toString())
  const expired = JSON.stringify({ ...session, expires_at: 1 })
  jar.set(name, `base64-${Buffer.from(expired).toString('base64url')}`)
  const renewed = await request().auth.getUser()
  expect(renewed.data.user?.id).toBe(data.user?.id)
  expect(jar.get(name)).not.toBe(value)
})
