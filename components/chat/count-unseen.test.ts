import { expect, test } from 'vitest'
import type { ChatEntry } from './chat-lines.ts'
import { countUnseen } from './count-unseen.ts'

const line = (id: string, authorId = 'ana'): ChatEntry => ({
  is: 'message',
  id,
  message: { id, authorId, authorName: authorId, text: id, at: 0, delivery: 'sent' },
  isContinued: false,
})
const chat = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => line(String(first + index)))
const seenOf = (lines: readonly ChatEntry[]) => new Set(lines.map(({ id }) => id))

test('what came is counted, also in a chat that is full and loses its oldest', () => {
  const seen = seenOf(chat(1, 500))
  expect(countUnseen(chat(1, 500), seen, 'me')).toBe(0)
  expect(countUnseen(chat(4, 503), seen, 'me')).toBe(3)
})

test('neither what I wrote is new, nor what a removal leaves', () => {
  const mine = line('command', 'me')
  const seen = seenOf([...chat(1, 5), mine])
  expect(countUnseen([...chat(1, 5), line('event', 'me')], seen, 'me')).toBe(0)
  expect(countUnseen(chat(1, 4), seen, 'me')).toBe(0)
  expect(countUnseen([...chat(1, 6), mine], seen, 'me')).toBe(1)
})
