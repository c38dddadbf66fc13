import { expect, it } from 'vitest'
import type { Envelope } from '#lib/protocol/envelope.ts'
import type { SessionEvent } from '#lib/protocol/events.ts'
import { encodeFrame } from '../hub/encode-frame.ts'
import { createFrameMerger, mergeEnvelopes } from './merge-frames.ts'

const sid = '00000000-0000-4000-8000-000000000001'
const person = '00000000-0000-4000-8000-000000000002'

function envelope(from: number, to: number, rest: Partial<Envelope> = {}): Envelope {
  const items = Array.from(
    { length: to - from },
    (_, index): SessionEvent => ({
      seq: from + index + 1,
      kind: 'queue.finished',
      commandId: null,
      by: null,
      at: 0,
      payload: { itemId: sid },
    }),
  )
  return { v: 1, sid, epoch: sid, from, to, items, sentAt: to, ...rest }
}

const idle = (rev: number) => ({ status: 'idle', rev }) as const

it('says once what two envelopes say', () => {
  const first = envelope(1, 3, {
    state: { playback: idle(7), tallies: { rev: 1, votes: {} } },
    reactions: { '🔥': 2 },
    presence: { count: 1, userIds: [person] },
  })
  const second = envelope(3, 5, {
    state: { playback: idle(6), dj: { rev: 2, presentUntil: null, positionInMs: null } },
    reactions: { '🔥': 1, '🎉': 4 },
  })
  expect(mergeEnvelopes(first, second)).toEqual({
    ...envelope(1, 5),
    state: {
      playback: idle(7),
      tallies: { rev: 1, votes: {} },
      dj: { rev: 2, presentUntil: null, positionInMs: null },
    },
    reactions: { '🔥': 3, '🎉': 4 },
    presence: { count: 1, userIds: [person] },
  })
})

it('repeats no event, and says nothing of what neither says', () => {
  expect(mergeEnvelopes(envelope(1, 4), envelope(2, 5))).toEqual(envelope(1, 5))
})

it('encodes once what many get', () => {
  const mergedJson = createFrameMerger()
  const frames = [encodeFrame(envelope(1, 2)), encodeFrame(envelope(2, 4))]
  const presence = { count: 2, userIds: [] }
  const json = mergedJson(frames, presence)
  expect(JSON.parse(json)).toEqual({ ...envelope(1, 4), presence })
  expect(JSON.parse(mergedJson(frames.slice(0, 1), undefined))).toEqual(envelope(1, 2))
  expect(JSON.parse(mergedJson(frames, undefined))).toEqual(envelope(1, 4))
  expect(JSON.parse(mergedJson([...frames], presence))).toEqual(JSON.parse(json))
})
