import { expect, test } from 'vitest'
import { createHookInbox } from './hook-inbox.ts'

const inbox = createHookInbox({ supabaseUrl: 'https://project.test', key: 'secret' })
const tell = (path: string, event: unknown) =>
  inbox.request(path, { method: 'POST', body: JSON.stringify(event) })
const messagesTo = async (address: string) =>
  (await inbox.request(`/secret/messages?to=${encodeURIComponent(address)}`)).json()

test('a code by text message lies where the journeys look for it', async () => {
  await tell('/secret/sms', { user: { phone: '34600000001' }, sms: { otp: '123456' } })
  expect(await messagesTo('+34600000001')).toMatchObject([{ code: '123456' }])
  // Somebody adds a phone to the account that they have.
  await tell('/secret/sms', { user: { phone: '', new_phone: '34600000002' }, sms: { otp: '234567' } })
  await tell('/secret/sms', { user: { phone: '' }, sms: { otp: '345678', phone: '34600000003' } })
  expect(await messagesTo('+34600000002')).toMatchObject([{ code: '234567' }])
  expect(await messagesTo('+34600000003')).toMatchObject([{ code: '345678' }])
})

test('a code by e-mail comes with the link that Supabase Auth would have written', async () => {
  const data = {
    token: '123456',
    token_hash: 'hash',
    redirect_to: 'https://app.test/auth/callback?next=/studio',
  }
  await tell('/secret/email', {
    user: { email: 'ana@example.test' },
    email_data: { ...data, token_new: '', email_action_type: 'magiclink' },
  })
  const [message] = await messagesTo('ana@example.test')
  expect(message.code).toBe('123456')
  const link = new URL(message.link)
  expect(link.origin + link.pathname).toBe('https://project.test/auth/v1/verify')
  expect(Object.fromEntries(link.searchParams)).toEqual({
    token: 'hash',
    type: 'magiclink',
    redirect_to: 'https://app.test/auth/callback?next=/studio',
  })
  await tell('/secret/email', {
    user: { email: '', new_email: 'new@example.test' },
    email_data: { ...data, email_action_type: 'email_change' },
  })
  expect(await messagesTo('new@example.test')).toHaveLength(1)
})

test('nobody reads it without the key', async () => {
  expect((await inbox.request('/messages')).status).toBe(404)
  expect((await tell('/sms', {})).status).toBe(404)
})
