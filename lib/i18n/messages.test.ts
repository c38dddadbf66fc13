import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import { messagesByLocale } from './messages.ts'

type Tree = { readonly [key: string]: string | Tree }

function textsByKey(tree: Tree, prefix = ''): Map<string, string> {
  const texts = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') texts.set(prefix + key, value)
    else for (const [inner, text] of textsByKey(value, `${prefix}${key}.`)) texts.set(inner, text)
  }
  return texts
}

/** The names of the arguments of an ICU message: what stands right behind an opening brace, outside a plural's texts. */
const argumentsOf = (text: string) =>
  new Set([...text.matchAll(/(?<!(?:=\d+|\bone|\bother) )\{(\w+)(?=[},])/g)].map(([, name]) => name))

test('both languages ask for the same arguments in every message', () => {
  const english = textsByKey(messagesByLocale.en)
  const spanish = textsByKey(messagesByLocale.es)
  expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort())
  for (const [key, text] of english) {
    expect(argumentsOf(spanish.get(key) ?? ''), key).toEqual(argumentsOf(text))
  }
})

test('no message is empty', () => {
  for (const messages of Object.values(messagesByLocale)) {
    for (const [key, text] of textsByKey(messages)) expect(text.trim(), key).not.toBe('')
  }
})

test('Spanish says of one tap that it is one', () => {
  const t = createTranslator({ locale: 'es', messages: messagesByLocale.es, namespace: 'sound' })
  expect(t('tapCount', { taps: 1, needed: 12 })).toBe('1 toque; hacen falta 12 o más')
  expect(t('tapCount', { taps: 2, needed: 12 })).toBe('2 toques; hacen falta 12 o más')
})
