import { expect, test } from 'vitest'
import { sessionPathIn } from './session-path-in.ts'

const origin = 'https://whatssound.example'

test('a session is found in an address of its own and among words', () => {
  expect(sessionPathIn([`${origin}/s/friday-after-7k2m`], origin)).toBe('/s/friday-after-7k2m')
  expect(sessionPathIn(['', `Come! ${origin}/s/friday-after-7k2m?x=1#chat and dance`], origin)).toBe(
    '/s/friday-after-7k2m',
  )
})

test('an invitation comes along', () => {
  const link = `${origin}/s/friday-after-7k2m?a=1&invitation=abc_1`
  expect(sessionPathIn([link], origin)).toBe('/s/friday-after-7k2m?invitation=abc_1')
})

test('other places, other sites and words lead nowhere', () => {
  const texts = [
    'hello',
    'https://elsewhere.example/s/friday-after-7k2m',
    `${origin}/studio`,
    `${origin}/s/../studio`,
  ]
  expect(sessionPathIn(texts, origin)).toBeNull()
  expect(sessionPathIn([`${origin}.evil.example/s/friday-after-7k2m`], origin)).toBeNull()
})
