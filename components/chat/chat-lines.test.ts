import { expect, test } from 'vitest'
import type { ViewMessage } from '#lib/client/session/view-state.ts'
import type { Tip } from '#lib/protocol/tips.ts'
import { chatLines } from './chat-lines.ts'

const message = (id: string, at: number, authorId = 'ana'): ViewMessage => ({
  id,
  authorId,
  authorName: authorId,
  text: id,
  at,
  delivery: 'sent',
})
const tip = (tipId: string, at: number): Tip => ({
  tipId,
  giverId: 'ben',
  name: 'Ben',
  amount: 500,
  currency: 'eur',
  message: null,
  at,
})
const shown = (messages: ViewMessage[], tips: Tip[]) =>
  chatLines(messages, tips).map((line) =>
    line.is === 'message' && line.isContinued ? `+${line.id}` : line.id,
  )

test('tips stand between the messages where they came', () => {
  expect(shown([message('a', 10), message('b', 30, 'ben')], [tip('x', 20), tip('y', 40)])).toEqual([
    'a',
    'x',
    'b',
    'y',
  ])
  expect(shown([], [tip('x', 20)])).toEqual(['x'])
})

test('who goes on writing is not named again, but for a pause or a tip in between', () => {
  expect(shown([message('a', 0), message('b', 1), message('c', 200_000)], [])).toEqual(['a', '+b', 'c'])
  expect(shown([message('a', 0), message('b', 10)], [tip('x', 5)])).toEqual(['a', 'x', 'b'])
})

test('tips from before all messages stand in front', () => {
  expect(shown([message('a', 10), message('b', 20, 'ben')], [tip('x', 5), tip('y', 6)])).toEqual([
    'x',
    'y',
    'a',
    'b',
  ])
})
