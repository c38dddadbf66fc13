import { decodeProtectedHeader } from 'jose'
import { expect, inject, test } from 'vitest'
import { newestMessage } from '../testing/messages.ts'
import { serviceClient, signInGuest } from '../testing/people.ts'

const stack = inject('stack')
const newAddress = () => `${crypto.randomUUID()}@example.com`

test('a guest has a session, and claims that say so', async () => {
  const { client, id } = await signInGuest(stack, { name: 'Ana' })
  const { data, error } = await client.auth.getClaims()
  expect(error).toBeNull()
  expect(data?.claims).toMatchObject({
    sub: id,
    iss: `${stack.url}/auth/v1`,
    aud: 'authenticated',
    role: 'authenticated',
    is_anonymous: true,
    aal: 'aal1',
    email: '',
    phone: '',
    app_metadata: {},
    user_metadata: { name: 'Ana' },
    amr: [{ method: 'anonymous' }],
  })
  expect(data?.claims.session_id).toBeTypeOf('string')
})

test('tokens are signed by the key in the JWKS', async () => {
  const { accessToken } = await signInGuest(stack)
  const header = decodeProtectedHeader(accessToken)
  const { keys } = await (await fetch(`${stack.url}/auth/v1/.well-known/jwks.json`)).json()
  expect(header).toMatchObject({ alg: 'ES256', kid: keys[0].kid })
  expect(keys[0]).not.toHaveProperty('d')
})

test('a trigger on auth.users reads the metadata', async () => {
  const { client, id } = await signInGuest(stack, { name: 'Bea' })
  const { data } = await client.from('profiles').select('name').eq('id', id).single()
  expect(data).toEqual({ name: 'Bea' })
})

test('a trigger that refuses leaves no user behind', async () => {
  await expect(signInGuest(stack, { name: 'forbidden' })).rejects.toMatchObject({ status: 500 })
})

test('a guest who proves an e-mail address stays the same person and is no guest any more', async () => {
  const { client, id } = await signInGuest(stack, { name: 'Cleo' })
  const email = newAddress()
  expect((await client.auth.updateUser({ email })).data.user).toMatchObject({
    id,
    new_email: email,
    is_anonymous: true,
  })
  const { code: token } = await newestMessage(stack, email)
  const { data, error } = await client.auth.verifyOtp({ email, token, type: 'email_change' })
  expect(error).toBeNull()
  expect(data.user).toMatchObject({
    id,
    email,
    is_anonymous: false,
    app_metadata: { provider: 'email', providers: ['email'] },
  })
  expect(data.user?.identities).toMatchObject([
    { provider: 'email', identity_data: { email, email_verified: true } },
  ])
  expect((await client.auth.getClaims()).data?.claims).toMatchObject({ is_anonymous: false, email })
})

test('a guest may prove a phone number instead', async () => {
  const { client, id } = await signInGuest(stack)
  const phone = `34${Math.floor(600_000_000 + Math.random() * 99_999_999)}`
  await client.auth.updateUser({ phone: `+${phone}` })
  const { code: token } = await newestMessage(stack, `+${phone}`)
  const { data } = await client.auth.verifyOtp({ phone: `+${phone}`, token, type: 'phone_change' })
  expect(data.user).toMatchObject({ id, phone, is_anonymous: false })
})

test('an address that somebody else has is refused', async () => {
  const email = newAddress()
  await serviceClient(stack).auth.admin.createUser({ email, email_confirm: true })
  const { client } = await signInGuest(stack)
  expect((await client.auth.updateUser({ email })).error).toMatchObject({ status: 422, code: 'email_exists' })
})
