import { type CompiledMessage, default as formatCompiled } from 'icu-minify/format'
import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import { compileMessages } from './compile-messages.ts'
import { locales } from './locales.ts'
import { messagesByLocale } from './messages.ts'

type Tree = { readonly [key: string]: string | Tree }

function leavesOf(tree: Tree, path: string[] = []): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[...path, key].join('.')] : leavesOf(value, [...path, key]),
  )
}

const find = (tree: unknown, path: string) =>
  path.split('.').reduce((inner, key) => (inner as Record<string, unknown>)[key], tree)

/** Every word that may name an argument, and more. */
const argumentsOf = (message: unknown) => [...String(message).matchAll(/\{(\w+)/g)].map(([, name]) => name)

const formatters = {
  getDateTimeFormat: (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
    new Intl.DateTimeFormat(...args),
  getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) =>
    new Intl.NumberFormat(...args),
  getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...args),
}

test.each(locales)('every message of %s reads the same compiled, whatever its numbers', (locale) => {
  const messages = messagesByLocale[locale]
  const compiled = compileMessages(messages)
  const t = createTranslator({ locale, messages }) as (key: string, values: object) => string
  for (const key of leavesOf(messages)) {
    for (const value of [0, 1, 2, 1_234.5]) {
      const values = Object.fromEntries(argumentsOf(find(messages, key)).map((name) => [name, value]))
      const text = formatCompiled(find(compiled, key) as CompiledMessage, locale, values, {
        formatters,
        formats: {},
        timeZone: 'UTC',
      })
      expect(text, key).toBe(t(key, values))
    }
  }
})

test('compiled messages can be handed to the browser', () => {
  const { songs } = compileMessages({ songs: '{count, plural, one {# song} other {# songs}}' })
  expect(songs).toStrictEqual([['count', 2, { one: [0, ' song'], other: [0, ' songs'] }]])
})
