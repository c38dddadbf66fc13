import { expect, it } from 'vitest'
import type { SessionEvent } from '#lib/protocol/events.ts'
import { applyEvent } from './apply-event.ts'
import { fromSnapshot } from './room-state.ts'
import { createFakeSession, testId } from './testing/fake-session.ts'

function tipReceived(number: number): SessionEvent {
  const hidden = { giverId: null, name: null, amount: null, currency: null, message: null }
  const head = { seq: number, kind: 'tip.received', commandId: null, by: null, at: number } as const
  return { ...head, payload: { tipId: testId('tip', number), ...hidden, at: number } }
}

it('keeps the newest tips, in the order in which they came', () => {
  const empty = fromSnapshot(createFakeSession(() => {}).snapshot())
  expect(empty.tips).toEqual([])
  const events = Array.from({ length: 51 }, (_, index) => tipReceived(index + 1))
  const { tips } = events.reduce(applyEvent, empty)
  expect(tips).toHaveLength(50)
  expect(tips[0]?.tipId).toBe(testId('tip', 2))
  expect(tips.at(-1)?.tipId).toBe(testId('tip', 51))
})

it('takes the words of a tip away, and leaves the tip', () => {
  const room = fromSnapshot(createFakeSession(() => {}).snapshot())
  const [first, second] = [tipReceived(1), tipReceived(2)]
  if (second.kind === 'tip.received') second.payload.message = 'regrettable'
  const removed: SessionEvent = {
    ...{ seq: 3, kind: 'tip.words_removed', commandId: null, by: null, at: 3 },
    payload: { tipId: testId('tip', 2) },
  }
  const { tips } = [first, second, removed].reduce(applyEvent, room)
  expect(tips.map(({ tipId, message }) => [tipId, message])).toEqual([
    [testId('tip', 1), null],
    [testId('tip', 2), null],
  ])
})
