import { expect, inject, test } from 'vitest'
import { newestMessage } from '../testing/messages.ts'
import { anonymousClient, signInGuest } from '../testing/people.ts'
import { renderTemplate } from './templates.ts'

const stack = inject('stack')
const newEmail = () => `${crypto.randomUUID()}@example.com`

test.each([
  ['es', 'Tu código de WhatsSound:', 'Your WhatsSound code:'],
  ['en', 'Your WhatsSound code:', 'Tu código'],
  [undefined, 'Your WhatsSound code:', 'Tu código'],
])('an e-mail is in the language of the account (%s)', async (locale, its, other) => {
  const email = newEmail()
  await anonymousClient(stack).auth.signInWithOtp({ email, options: { data: { locale } } })
  const { subject, body, code, link } = await newestMessage(stack, email)
  expect(subject).toBe(`${code} · WhatsSound`)
  expect(body).toContain(its)
  expect(body).not.toContain(other)
  expect(body).toContain(`<strong>${code}</strong>`)
  expect(body).toContain(`href="${link?.replaceAll('&', '&amp;')}"`)
})

test('an e-mail to a new address is in the language that came with it', async () => {
  const { client } = await signInGuest(stack, { locale: 'en' })
  const email = newEmail()
  await client.auth.updateUser({ email, data: { locale: 'es' } })
  expect((await newestMessage(stack, email)).body).toContain('Tu código de WhatsSound:')
})

test('a text message is in no language', async () => {
  const phone = `+34${Math.floor(600_000_000 + Math.random() * 99_999_999)}`
  await anonymousClient(stack).auth.signInWithOtp({ phone, options: { data: { locale: 'es' } } })
  const { subject, body, code } = await newestMessage(stack, phone)
  expect(subject).toBeUndefined()
  expect(body).toBe(`WhatsSound: ${code}`)
})

test('values are text in a template, and what it does not know it refuses', () => {
  expect(renderTemplate('a {{ .Data.name }} b', { Data: { name: '<"&' } })).toBe('a &lt;&quot;&amp; b')
  expect(renderTemplate('{{ .Data.name }}', {})).toBe('')
  expect(() => renderTemplate('{{ range .Data }}x{{ end }}', {})).toThrow('range .Data')
  expect(() => renderTemplate('{{ if eq .Data.a "b" }}x', {})).toThrow('if eq .Data.a')
})
