import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'
import { type Broadcast, startBroadcast } from './broadcast.ts'
import type { LiveEncoderNews } from './live-encoder.worker.ts'
import type { LiveSegment } from './segment-sender.ts'

const serverOffsetInMs = 1_700_000_000_000
const serverNow = () => performance.now() + serverOffsetInMs
const bytes = (length: number) => new Uint8Array(length)

let news: (news: LiveEncoderNews) => void
let broadcast: Broadcast
let trouble: ErrorCode | null
let sent: LiveSegment[]
let originInMs: number
let number: number
let recordedBytes: number
const api = { start: vi.fn(), send: vi.fn(), end: vi.fn() }
const on = { began: vi.fn(), trouble: vi.fn(), ended: vi.fn() }

beforeEach(() => {
  vi.useFakeTimers()
  vi.clearAllMocks()
  trouble = null
  sent = []
  number = 0
  recordedBytes = 0
  const answer = async () => {
    if (trouble) throw new CodedError(trouble)
  }
  api.start.mockImplementation(answer)
  api.end.mockImplementation(answer)
  api.send.mockImplementation(async (_id: string, segment: LiveSegment) => {
    await answer()
    sent.push(segment)
  })
  broadcast = startBroadcast({
    api,
    encode(onNews) {
      news = onNews
      return { stop: () => {}, destroy: () => {} }
    },
    mode: 'talk',
    streamId: 'one',
    record: ({ length }) => {
      recordedBytes += length
    },
    serverTimeAtInMs: (localInMs) => localInMs + serverOffsetInMs,
    now: () => performance.now(),
    on,
  })
  originInMs = performance.now()
  news({ kind: 'began', originInMs })
  news({ kind: 'init', bytes: bytes(10) })
})
afterEach(() => {
  broadcast.destroy()
  vi.useRealTimers()
})

/** The encoder has finished so many segments of a second; the first two are the silence in front. */
async function encode(count: number, lateInMs = 0): Promise<void> {
  for (let i = 0; i < count; i++) {
    if (number >= 2) await vi.advanceTimersByTimeAsync(1_000)
    const startInSamples = number++ * 48_000
    news({
      kind: 'segment',
      number,
      bytes: bytes(100),
      startInSamples,
      durationInSamples: 48_000,
      originInMs: originInMs + lateInMs,
    })
    await vi.advanceTimersByTimeAsync(0)
  }
}

it('tells the server when it began, and of each segment when it was captured', async () => {
  const startsAtInMs = serverNow()
  await encode(4)
  expect(api.start).toHaveBeenCalledExactlyOnceWith({
    streamId: 'one',
    mode: 'talk',
    startsAtInMs,
    duckGain: 0.2,
  })
  expect(sent.map((segment) => segment.number)).toEqual([1, 2, 3, 4])
  expect(sent.map((segment) => Math.round(segment.startsAtInMs - startsAtInMs))).toEqual([
    -2_000, -1_000, 0, 1_000,
  ])
  expect(sent[0]?.body.size).toBe(110)
})

it('follows the clock of the device too slowly to be heard', async () => {
  const startsAtInMs = serverNow()
  await encode(2)
  await encode(3, 7)
  expect(sent.map((segment) => Math.round(segment.startsAtInMs - startsAtInMs))).toEqual([
    -2_000, -1_000, 5, 1_007, 2_007,
  ])
})

it('ends with the instant at which it was told to, once everything is sent', async () => {
  await encode(3)
  await vi.advanceTimersByTimeAsync(400)
  const endsAtInMs = serverNow()
  broadcast.stop()
  trouble = 'unavailable'
  await encode(1)
  news({ kind: 'ended' })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(api.end).not.toHaveBeenCalled()
  trouble = null
  await vi.advanceTimersByTimeAsync(1_000)
  expect(sent.map((segment) => segment.number)).toEqual([1, 2, 3, 4])
  expect(api.end).toHaveBeenCalledExactlyOnceWith('one', endsAtInMs)
  expect(on.ended).toHaveBeenCalledExactlyOnceWith(null)
})

it('records all of it, also what never got through', async () => {
  await encode(2)
  trouble = 'unavailable'
  await encode(10)
  expect(on.trouble).toHaveBeenLastCalledWith(expect.any(Number))
  trouble = null
  await encode(1)
  expect(on.trouble).toHaveBeenLastCalledWith(null)
  expect(sent.length).toBeLessThan(10)
  broadcast.stop()
  news({ kind: 'ended' })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(recordedBytes).toBe(10 + 13 * 100)
})

it('is over when the server refuses it', async () => {
  await encode(3)
  trouble = 'lease_lost'
  await encode(1)
  expect(on.ended).toHaveBeenCalledExactlyOnceWith('lease_lost')
  await encode(1)
  expect(api.send).toHaveBeenCalledTimes(4)
})
