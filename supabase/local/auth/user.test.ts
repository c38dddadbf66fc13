import { expect, inject, test } from 'vitest'
import { signInGuest } from '../testing/people.ts'

const stack = inject('stack')

test('metadata is added to, replaced and removed field by field', async () => {
  const { client } = await signInGuest(stack, { name: 'Fay', colour: 'red' })
  const { data } = await client.auth.updateUser({ data: { colour: 'blue', city: 'Vigo', name: null } })
  expect(data.user?.user_metadata).toEqual({ colour: 'blue', city: 'Vigo' })
  expect((await client.auth.getUser()).data.user?.user_metadata).toEqual({ colour: 'blue', city: 'Vigo' })
})

test('a person cannot write what the server vouches for', async () => {
  const { client, accessToken, id } = await signInGuest(stack)
  const body = JSON.stringify({ app_metadata: { admin: true }, role: 'service_role', is_anonymous: false })
  const headers = { apikey: stack.publishableKey, authorization: `Bearer ${accessToken}` }
  await fetch(`${stack.url}/auth/v1/user`, { method: 'PUT', headers, body })
  expect((await client.auth.getUser()).data.user).toMatchObject({
    id,
    app_metadata: {},
    role: 'authenticated',
    is_anonymous: true,
  })
})

test('a body that is no JSON is a mistake of the client', async () => {
  const { accessToken } = await signInGuest(stack)
  const headers = { apikey: stack.publishableKey, authorization: `Bearer ${accessToken}` }
  const response = await fetch(`${stack.url}/auth/v1/user`, { method: 'PUT', headers, body: '{' })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error_code: 'validation_failed' })
})
