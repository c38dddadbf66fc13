import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cleanLine } from './clean-line.ts'

it('keeps words of any language, markup and emoji as they are', () => {
  for (const text of [
    'Canción nº 1 (Remix)',
    '夜に駆ける',
    '<script>alert(1)</script>',
    '👩‍🎤 live',
    'نمی‌دانم',
  ]) {
    expect(cleanLine(text, 200)).toBe(text)
  }
})

it('removes what reorders or hides text', () => {
  expect(cleanLine('abc\u202etxt.3pm\u202c', 200)).toBe('abctxt.3pm')
  expect(cleanLine('\u2066\u200bzero\u2069\ufeff\u00adwidth', 200)).toBe('zerowidth')
  expect(cleanLine('\u200e\u061c', 200)).toBe('')
})

it('makes one line', () => {
  expect(cleanLine('  a\r\n\tb\u0000c\u2028d ', 200)).toBe('a b c d')
})

it('cuts by characters, never through one', () => {
  expect(cleanLine('🎧🎧🎧', 2)).toBe('🎧🎧')
})

it('is settled after one time, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = cleanLine(text, 50)
      expect(cleanLine(once, 50)).toBe(once)
      expect(once).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
    }),
  )
})
