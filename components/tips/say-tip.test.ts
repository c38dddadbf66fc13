import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import { en } from '#lib/i18n/messages/en.ts'
import { es } from '#lib/i18n/messages/es.ts'
import type { Tip } from '#lib/protocol/tips.ts'
import { newTips } from './new-tips.ts'
import { sayTip, sayTipAloud } from './say-tip.ts'

const tip: Tip = {
  tipId: 'a',
  giverId: 'ana',
  name: 'Ana',
  amount: 500,
  currency: 'eur',
  message: 'Encore!',
  at: 0,
}
const inEnglish = createTranslator({ locale: 'en', messages: en, namespace: 'tips' })
const inSpanish = createTranslator({ locale: 'es', messages: es as typeof en, namespace: 'tips' })

test('a tip says as much as its giver shows', () => {
  expect(sayTip(tip, inEnglish, 'en')).toBe('Ana tipped €5')
  expect(sayTip({ ...tip, name: null }, inEnglish, 'en')).toBe('Somebody tipped €5')
  expect(sayTip({ ...tip, amount: null, currency: null }, inSpanish, 'es')).toBe('Ana ha dado propina')
  expect(sayTipAloud(tip, inEnglish, 'en')).toBe('Ana tipped €5: Encore!')
  expect(sayTipAloud({ ...tip, message: null }, inEnglish, 'en')).toBe('Ana tipped €5')
})

test('a tip is new once, also where the oldest give way', () => {
  const next = { ...tip, tipId: 'b' }
  expect(newTips([], [tip])).toEqual([tip])
  expect(newTips([tip], [tip, next])).toEqual([next])
  expect(newTips([tip], [next])).toEqual([next])
  expect(newTips([tip, next], [])).toEqual([])
  const older = { ...tip, tipId: 'c', at: -1 }
  expect(newTips([tip], [older, tip, next])).toEqual([next])
})
