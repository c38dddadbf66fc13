import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findFreePort } from '../ports.ts'
import { signInAtProvider } from '../testing/browse.ts'
import { newestMessage } from '../testing/messages.ts'
import { type OpenIdServer, startOpenIdServer } from '../testing/openid-server.ts'
import { startStack, type TestStack } from '../testing/start-stack.ts'

let provider: OpenIdServer
let stack: TestStack
const app = 'http://localhost:3000/auth/callback'

beforeAll(async () => {
  const port = await findFreePort()
  provider = await startOpenIdServer({ callback: `http://127.0.0.1:${port}/auth/v1/callback` })
  const { clientId, clientSecret } = provider
  stack = await startStack({
    port,
    providers: { google: { issuer: new URL(provider.issuer), clientId, clientSecret } },
  })
})
afterAll(async () => {
  await stack.stop()
  await provider.stop()
})

/** A browser of its own: PKCE's verifier stays in it. */
function browser() {
  const store = new Map<string, string>()
  const storage = {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
    removeItem: (key: string) => void store.delete(key),
  }
  return createClient(stack.url, stack.publishableKey, {
    auth: { flowType: 'pkce', storage, autoRefreshToken: false, detectSessionInUrl: false },
  })
}

const options = { redirectTo: app, skipBrowserRedirect: true }

async function signIn(name: string, client = browser()) {
  const { data } = await client.auth.signInWithOAuth({ provider: 'google', options })
  const back = await signInAtProvider(data.url ?? '', name, app)
  return { client, back, ...(await client.auth.exchangeCodeForSession(back.searchParams.get('code') ?? '')) }
}

async function link(client: ReturnType<typeof browser>, name: string) {
  const { data } = await client.auth.linkIdentity({ provider: 'google', options })
  const back = await signInAtProvider(data?.url ?? '', name, app)
  return { back, ...(await client.auth.exchangeCodeForSession(back.searchParams.get('code') ?? '')) }
}

test('the settings say what is switched on', async () => {
  const response = await fetch(`${stack.url}/auth/v1/settings`, { headers: { apikey: stack.publishableKey } })
  expect(await response.json()).toMatchObject({ external: { google: true, phone: true } })
})

test('somebody new gets an account, and is the same person the next time', async () => {
  const first = await signIn('Greta')
  expect(first.error).toBeNull()
  expect(first.data.user).toMatchObject({
    email: 'greta@openid.test',
    is_anonymous: false,
    app_metadata: { provider: 'google', providers: ['google'] },
    user_metadata: { name: 'Greta' },
  })
  expect((await first.client.auth.getClaims()).data?.claims.amr).toMatchObject([{ method: 'oauth' }])
  const second = await signIn('Greta')
  expect(second.data.user?.id).toBe(first.data.user?.id)
})

test('who has the proven e-mail address already is that person', async () => {
  const client = browser()
  const email = 'hugo@openid.test'
  await client.auth.signInWithOtp({ email })
  const { code: token } = await newestMessage(stack, email)
  const byEmail = await client.auth.verifyOtp({ email, token, type: 'email' })
  const { data } = await signIn('Hugo')
  expect(data.user?.id).toBe(byEmail.data.user?.id)
  expect(data.user?.app_metadata.providers).toEqual(['email', 'google'])
})

test('a guest who links an account stays the same person and is no guest any more', async () => {
  const client = browser()
  const guest = await client.auth.signInAnonymously()
  const { data, error } = await link(client, 'Ines')
  expect(error).toBeNull()
  expect(data.user).toMatchObject({ id: guest.data.user?.id, is_anonymous: false, email: 'ines@openid.test' })
})

test('an account that is somebody else’s is not linked', async () => {
  await signIn('Jana')
  const client = browser()
  const guest = await client.auth.signInAnonymously()
  const { back } = await link(client, 'Jana')
  expect(back.searchParams.get('error_code')).toBe('identity_already_exists')
  expect((await client.auth.getUser()).data.user).toMatchObject({
    id: guest.data.user?.id,
    is_anonymous: true,
  })
})

test('what comes back is good for once, and for what was begun', async () => {
  const client = browser()
  const { data } = await client.auth.signInWithOAuth({ provider: 'google', options })
  const returned = `http://127.0.0.1:${new URL(stack.url).port}/auth/v1/callback`
  const address = await signInAtProvider(data.url ?? '', 'Kim', returned)
  expect((await fetch(address, { redirect: 'manual' })).headers.get('location')).toContain('code=')
  expect(await (await fetch(address, { redirect: 'manual' })).json()).toMatchObject({
    error_code: 'bad_oauth_state',
  })

  const again = await client.auth.signInWithOAuth({ provider: 'google', options })
  const forged = await signInAtProvider(again.data.url ?? '', 'Kim', returned)
  forged.searchParams.set('code', 'made-up')
  const location = (await fetch(forged, { redirect: 'manual' })).headers.get('location') ?? ''
  expect(new URL(location).searchParams.get('error')).toBe('server_error')
})

test('a provider that is not switched on is refused', async () => {
  const url = `${stack.url}/auth/v1/authorize?provider=github&code_challenge=${'x'.repeat(43)}`
  expect(await (await fetch(url, { redirect: 'manual' })).json()).toMatchObject({ code: 400 })
})
