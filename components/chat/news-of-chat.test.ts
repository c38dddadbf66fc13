import { expect, test } from 'vitest'
import type { ViewMessage } from '#lib/client/session/view-state.ts'
import { newsOfChat } from './news-of-chat.ts'

const message = (id: string, authorId: string, at: number): ViewMessage => ({
  id,
  authorId,
  authorName: authorId,
  text: id,
  at,
  delivery: 'sent',
})

const a = message('a', 'ana', 1)
const b = message('b', 'ben', 2)
const mine = message('command', 'me', 3)

test('what others wrote is news, what I wrote is not', () => {
  expect(newsOfChat([a], [a, b, mine], 'me')).toEqual({ fresh: [b], removedCount: 0 })
})

test('a message that is gone was removed, unless it scrolled out or only changed its id', () => {
  expect(newsOfChat([a, b], [a], 'me').removedCount).toBe(1)
  expect(newsOfChat([a, b], [b], 'me').removedCount).toBe(0)
  expect(newsOfChat([a, mine], [a, { ...mine, id: 'event' }], 'me').removedCount).toBe(0)
})
