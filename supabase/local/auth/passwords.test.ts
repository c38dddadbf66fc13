import { expect, inject, test } from 'vitest'
import { newestMessage } from '../testing/messages.ts'
import { anonymousClient } from '../testing/people.ts'

const stack = inject('stack')
const newEmail = () => `${crypto.randomUUID()}@example.com`

test('signs up and in', async () => {
  const client = anonymousClient(stack)
  const email = newEmail()
  const signedUp = await client.auth.signUp({
    email,
    password: 'long enough',
    options: { data: { name: 'Eva' } },
  })
  expect(signedUp.data).toMatchObject({
    user: { email, user_metadata: { name: 'Eva' } },
    session: { token_type: 'bearer' },
  })
  const { data, error } = await anonymousClient(stack).auth.signInWithPassword({
    email,
    password: 'long enough',
  })
  expect(error).toBeNull()
  expect(data.user?.id).toBe(signedUp.data.user?.id)
})

test.each([
  ['a wrong password', 'wrong password'],
  ['an unknown address', 'long enough'],
])('refuses %s with the same words', async (name, password) => {
  const email = newEmail()
  if (name === 'a wrong password')
    await anonymousClient(stack).auth.signUp({ email, password: 'long enough' })
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
  await anonymousClient(stack).auth.signUp({ email, password: 'long enough' })
  const taken = await anonymousClient(stack).auth.signUp({ email, password: 'long enough' })
  expect(taken.error).toMatchObject({ status: 422, code: 'user_already_exists' })
})

test('a forgotten password is replaced after a code', async () => {
  const client = anonymousClient(stack)
  const email = newEmail()
  await client.auth.signUp({ email, password: 'the old one' })
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
