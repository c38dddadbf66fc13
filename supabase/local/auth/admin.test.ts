import { expect, inject, test } from 'vitest'
import { anonymousClient, serviceClient, signInGuest } from '../testing/people.ts'

const stack = inject('stack')
const { admin } = serviceClient(stack).auth
const newEmail = () => `${crypto.randomUUID()}@example.com`

test('creates, reads, changes and deletes people', async () => {
  const email = newEmail()
  const created = await admin.createUser({
    email,
    password: 'long enough',
    email_confirm: true,
    user_metadata: { name: 'Gil' },
    app_metadata: { plan: 'pro' },
  })
  const id = created.data.user?.id ?? ''
  expect(created.data.user).toMatchObject({ email, app_metadata: { plan: 'pro', provider: 'email' } })
  expect((await admin.getUserById(id)).data.user).toMatchObject({ id, user_metadata: { name: 'Gil' } })
  const changed = await admin.updateUserById(id, { app_metadata: { plan: 'free' }, password: 'another one' })
  expect(changed.data.user?.app_metadata).toMatchObject({ plan: 'free', provider: 'email' })
  expect(
    (await anonymousClient(stack).auth.signInWithPassword({ email, password: 'another one' })).error,
  ).toBeNull()
  expect((await admin.deleteUser(id)).error).toBeNull()
  expect((await admin.getUserById(id)).error).toMatchObject({ status: 404, code: 'user_not_found' })
})

test('lists people page by page', async () => {
  await Promise.all([1, 2, 3].map(() => admin.createUser({ email: newEmail(), email_confirm: true })))
  const first = await admin.listUsers({ page: 1, perPage: 2 })
  expect(first.data.users).toHaveLength(2)
  expect(first.data).toMatchObject({ nextPage: 2 })
  const second = await admin.listUsers({ page: 2, perPage: 2 })
  expect(second.data.users[0]?.id).not.toBe(first.data.users[0]?.id)
})

test('a ban ends sign-ins and refreshes until it is lifted', async () => {
  const { client, id } = await signInGuest(stack)
  const refresh_token = (await client.auth.getSession()).data.session?.refresh_token ?? ''
  const refresh = () => anonymousClient(stack).auth.refreshSession({ refresh_token })
  await admin.updateUserById(id, { ban_duration: '24h' })
  expect((await refresh()).error).toMatchObject({ code: 'user_banned' })
  await admin.updateUserById(id, { ban_duration: 'none' })
  expect((await refresh()).error).toBeNull()
})

test('links can be made without sending anything', async () => {
  const email = newEmail()
  const { data } = await admin.generateLink({ type: 'magiclink', email })
  const token_hash = data.properties?.hashed_token ?? ''
  const verified = await anonymousClient(stack).auth.verifyOtp({ token_hash, type: 'magiclink' })
  expect(verified.data.user?.email).toBe(email)
})

test('is not for anybody else', async () => {
  const { client, id } = await signInGuest(stack)
  for (const stranger of [client, anonymousClient(stack)]) {
    expect((await stranger.auth.admin.getUserById(id)).error).toMatchObject({
      status: 403,
      code: 'not_admin',
    })
    expect((await stranger.auth.admin.deleteUser(id)).error).toMatchObject({ status: 403, code: 'not_admin' })
  }
})
