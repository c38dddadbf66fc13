import { expect, test } from 'vitest'
import { chooseLocale } from './locales.ts'

test('a language chosen by hand beats the browser', () => {
  expect(chooseLocale('en', 'es-ES,es')).toBe('en')
  expect(chooseLocale('xx', 'es-ES,es')).toBe('es')
})

test('the browser names its languages by preference, whatever their order', () => {
  expect(chooseLocale(undefined, 'es-MX,es;q=0.9,en;q=0.8')).toBe('es')
  expect(chooseLocale(undefined, 'en;q=0.5, es;q=0.7')).toBe('es')
  expect(chooseLocale(undefined, 'fr-FR, es;q=0, en;q=0.1')).toBe('en')
})

test('a browser that speaks neither, or says nothing, is answered in the default language', () => {
  expect(chooseLocale(undefined, 'fr,de;q=0.8,*;q=0.1')).toBe('en')
  expect(chooseLocale(undefined, null)).toBe('en')
})
