import { describe, expect, it } from 'vitest'
import { handleSchema, linkSchema } from './profile.ts'
import { checkCodeSchema, phoneSchema } from './sign-in.ts'

describe('a phone number', () => {
  it.each(['+34 600 111 222', '0034600111222', '+34 (600) 111-222', '+34.600.111.222'])('%s', (text) => {
    expect(phoneSchema.parse(text)).toBe('+34600111222')
  })
  it.each(['600111222', '+0600111222', '+34', 'call me', '+34600111222333444'])('is not %s', (text) => {
    expect(phoneSchema.safeParse(text).success).toBe(false)
  })
})

it('reads a code with the spaces that messages put in', () => {
  const to = { channel: 'phone', address: '+34600111222' }
  expect(checkCodeSchema.parse({ to, purpose: 'add', code: ' 123 456 ' }).code).toBe('123456')
  expect(checkCodeSchema.safeParse({ to, purpose: 'add', code: "1' or 1" }).success).toBe(false)
})

it('writes links as browsers send them', () => {
  expect(linkSchema.parse(' https://EXAMPLE.com ')).toBe('https://example.com/')
  expect(linkSchema.parse('https://ñandú.example/a b')).toBe('https://xn--and-6ma2c.example/a%20b')
  for (const text of ['http://example.com', 'javascript:alert(1)', 'example.com', 'https://localhost'])
    expect(linkSchema.safeParse(text).success, text).toBe(false)
})

it('takes handles in any case', () => {
  expect(handleSchema.parse(' DJ_Sol ')).toBe('dj_sol')
  expect(handleSchema.safeParse('año').success).toBe(false)
})
