import { expect, test } from 'vitest'
import { firstCurrency } from './first-currency.ts'

const offered = ['chf', 'eur', 'gbp', 'jpy', 'mxn', 'usd']

test.each([
  [['es-MX', 'es', 'en'], 'mxn'],
  [['en-GB'], 'gbp'],
  [['en', 'es-MX'], 'mxn'],
  [['es'], 'eur'],
  [['es-419', 'es'], 'usd'],
  [['en'], 'usd'],
  [['ja'], 'jpy'],
  [['zh-Hant-TW', 'fr-CH'], 'chf'],
  [['not a language', 'es-AR'], 'eur'],
  [[], 'eur'],
])('who speaks %j begins with %s', (languages, currency) => {
  expect(firstCurrency(offered, languages)).toBe(currency)
})

test('where the own one is not offered it is a well known one, and none where nothing is offered', () => {
  expect(firstCurrency([], ['es-MX'])).toBeNull()
  expect(firstCurrency(['ars', 'usd'], ['de-DE'])).toBe('usd')
  expect(firstCurrency(['ars', 'clp'], ['de-DE'])).toBe('ars')
})
