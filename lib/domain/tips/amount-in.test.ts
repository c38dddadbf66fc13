import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amountIn } from './amount-in.ts'
import { amountText, fieldText } from './amount-text.ts'

test.each([
  ['5', 500],
  [' 5,5 ', 550],
  ['5.50', 550],
  ['0,05', 5],
  ['1.000', 100_000],
  ['1,000.50', 100_050],
  ['1.000,5', 100_050],
  ['1 000 000', 100_000_000],
  ['12\u00a0500,00', 1_250_000],
  ['007', 700],
])('“%s” is %d cents, however it is written', (text, cents) => {
  expect(amountIn(text, 2)).toBe(cents)
})

test.each([
  '',
  '-5',
  '+5',
  '5e3',
  '0x10',
  '5.555.5',
  '1.000.50',
  '5,',
  ',5',
  '1.0000',
  '1,000.5.0',
  'cinco',
  '٥',
  '9'.repeat(30),
])('“%s” is no amount', (text) => {
  expect(amountIn(text, 2)).toBeNull()
})

test('a currency without cents has thousands, and no fractions', () => {
  expect(amountIn('5.000', 0)).toBe(5_000)
  expect(amountIn('5000', 0)).toBe(5_000)
  expect(amountIn('5.5', 0)).toBeNull()
  expect(amountIn('5.50', 0)).toBeNull()
})

test('what a field shows is read as what it was', () => {
  const amounts = fc.integer({ min: 1, max: 99_999_999 })
  fc.assert(
    fc.property(amounts, fc.constantFrom(0, 2), fc.constantFrom('es', 'en'), (amount, decimals, locale) => {
      expect(amountIn(fieldText(amount, decimals, locale), decimals)).toBe(amount)
    }),
  )
})

test('amounts read as people of a language write them', () => {
  const text = (...args: Parameters<typeof amountText>) => amountText(...args).replaceAll('\u00a0', ' ')
  expect(text(500, 'eur', 'en')).toBe('€5')
  expect(text(550, 'eur', 'en')).toBe('€5.50')
  expect(text(500, 'eur', 'es')).toBe('5 €')
  expect(text(500, 'jpy', 'en')).toBe('¥500')
  expect(text(2_000_000, 'clp', 'es')).toBe('2.000.000 CLP')
  expect(text(-150, 'usd', 'en')).toBe('-$1.50')
})
