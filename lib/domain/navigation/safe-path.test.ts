import { expect, it } from 'vitest'
import { safePath } from './safe-path.ts'

it.each(['/', '/studio', '/s/friday-x?invitation=a%20b#chat', '/u/ana', '/apiary', '/sign-inn'])(
  'leads to %s',
  (path) => {
    expect(safePath(path)).toBe(path)
  },
)

it.each([
  null,
  '',
  'studio',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/a\\b',
  'https://evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
  '/\n/evil.example',
  ' //evil.example',
  '/ñ',
  '/sign-in?next=/',
  '/auth/callback?code=x',
  '/api/me',
  `/${'a'.repeat(500)}`,
])('leads from %j to the lobby (attack 52)', (path) => {
  expect(safePath(path)).toBe('/')
})
