import { createChunks } from '@supabase/ssr'
import { expect, it } from 'vitest'
import { authCookieName } from '#lib/protocol/public-config.ts'
import { personIn } from './person-here.ts'

const session = { access_token: 'token', user: { id: 'ana', user_metadata: { display_name: 'Ána 🎧' } } }
const encoded = `base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`
const cookiesOf = (value: string, chunkSize?: number) =>
  createChunks(authCookieName, value, chunkSize)
    .map(({ name, value: part }) => `${name}=${part}`)
    .concat('locale=es')
    .reverse()
    .join('; ')

it('knows a person by the auth session in the cookies, in one or in many', () => {
  expect(personIn(cookiesOf(encoded))).toBe('ana')
  expect(cookiesOf(encoded, 9).split('; ').length).toBeGreaterThan(10)
  expect(personIn(cookiesOf(encoded, 9))).toBe('ana')
})

it.each([
  '',
  'locale=es',
  `${authCookieName}=`,
  `${authCookieName}=base64-nonsense`,
  `${authCookieName}-code-verifier=${encoded}`,
  `${authCookieName}=base64-${Buffer.from('{"user":null}').toString('base64url')}`,
])('knows nobody by %s', (cookies) => {
  expect(personIn(cookies)).toBeNull()
})
