import { expect, inject, test } from 'vitest'
import { newestMessage } from '../testing/messages.ts'
import { anonymousClient } from '../testing/people.ts'

const stack = inject('stack')
const newEmail = () => `${crypto.randomUUID()}@example.com`

/** Signs somebody up and proves their address. */
async function signUp(email: string, password: string) {
  const client = anonymousClient(stack)
  await client.auth.signUp({ email, password })
  const { code: token } = await newestMessage(stack, email)
  await client.auth.verifyOtp({ email, token, type: 'signup' })
  return client
}

test('signs up, proves the address, and signs in', async () => {
  const client = anonymousClient(stack)
  const email = newEmail()
  const credentials = { email, password: 'long enough' }
  const signedUp = await client.auth.signUp({ ...credentials, options: { data: { name: 'Eva' } } })
  expect(signedUp.data).toMatchObject({ user: { email, user_metadata: { name: 'Eva' } }, session: null })
  const tooEarly = await client.auth.signInWithPassword(credentials)
  expect(tooEarly.error).toMatchObject({ status: 400, code: 'email_not_confirmed' })
  const { code: token } = await newestMessage(stack, email)
  const proven = await client.auth.verifyOtp({ email, token, type: 'signup' })
  expect(proven.data.session).toMatchObject({ token_type: 'bearer' })
  const { data, error } = await anonymousClient(stack).auth.signInWithPassword(credentials)
  expect(error).toBeNull()
  expect(data.user?.id).toBe(signedUp.data.user?.id)
})

test('nobody waits with a password in an account that another proves', async () => {
  const email = newEmail()
  await anonymousClient(stack).auth.signUp({ email, password: 'I was here first' })
  const owner = anonymousClient(stack)
  await owner.auth.signInWithOtp({ email })
  const { code: token } = await newestMessage(stack, email)
  expect((await owner.auth.verifyOtp({ email, token, type: 'email' })).error).toBeNull()
  const waiting = await anonymousClient(stack).auth.signInWithPassword({
    email,
    password: 'I was here first',
  })
  expect(waiting.error?.code).toBe('invalid_credentials')
})

test.each([
  ['a wrong password', 'wrong password'],
  ['an unknown address', 'long enough'],
])('refuses %s with the same words', async (name, password) => {
  const email = newEmail()
  if (name === 'a wrong password') await signUp(email, 'long enough')
  const { error } = await anonymousClient(stack).auth.signInWithPassword({ email, password })
  expect(error).toMatchObject({
    status: 400,
    code: 'invalid_credentials',
    message: 'Invalid login credentials',
  })
})

test('refuses short passwords and addresses that are taken', async () => {
  const email = newEmail()
  const short = await anonymousClient(stack).auth.signUp({ email, password: 'short' })
  expect(short.error).toMatchObject({ status: 422, code: 'weak_password' })
  await signUp(email, 'long enough')
  const taken = await anonymousClient(stack).auth.signUp({ email, password: 'long enough' })
  expect(taken.error).toMatchObject({ status: 422, code: 'user_already_exists' })
})

test('a forgotten password is replaced after a code', async () => {
  const email = newEmail()
  const client = await signUp(email, 'the old one')
  await client.auth.resetPasswordForEmail(email)
  const { code: token } = await newestMessage(stack, email)
  await client.auth.verifyOtp({ email, token, type: 'recovery' })
  expect((await client.auth.updateUser({ password: 'the new one' })).error).toBeNull()
  const signIn = (password: string) => anonymousClient(stack).auth.signInWithPassword({ email, password })
  expect((await signIn('the old one')).error?.code).toBe('invalid_credentials')
  expect((await signIn('the new one')).error).toBeNull()
})

test('asking for a reset does not tell whether an address is known', async () => {
  expect((await anonymousClient(stack).auth.resetPasswordForEmail(newEmail())).error).toBeNull()
})
