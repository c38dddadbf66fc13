import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { isWorthSending } from '#lib/domain/live/live.ts'
import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'
import { createSegmentSender, type LiveSegment } from './segment-sender.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A DJ whose segments are captured every second, and whose network can be taken away. */
function setUp() {
  const arrived: number[] = []
  const refusals: ErrorCode[] = []
  let trouble: ErrorCode | null = null
  let number = 0
  const sender = createSegmentSender({
    send: async (segment) => {
      if (trouble) throw new CodedError(trouble)
      arrived.push(segment.number)
    },
    isWorthSending: ({ endsAtInMs }) => isWorthSending(endsAtInMs, Date.now()),
    onRefused: (code) => refusals.push(code),
    onChange: () => {},
    now: () => Date.now(),
  })
  const capture = async (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      await vi.advanceTimersByTimeAsync(1_000)
      const segment: LiveSegment = {
        number: ++number,
        startsAtInMs: Date.now() - 1_000,
        endsAtInMs: Date.now(),
        body: new Blob(),
      }
      sender.add(segment)
      await vi.advanceTimersByTimeAsync(0)
    }
  }
  return { sender, arrived, refusals, capture, breakWith: (code: ErrorCode | null) => (trouble = code) }
}

it('sends each in turn', async () => {
  const { arrived, capture } = setUp()
  await capture(3)
  expect(arrived).toEqual([1, 2, 3])
})

it('survives 20 seconds without a network, and leaves out what nobody could hear any more', async () => {
  const { sender, arrived, refusals, capture, breakWith } = setUp()
  await capture(2)
  breakWith('unavailable')
  await capture(20)
  expect(arrived).toEqual([1, 2])
  expect(Date.now() - (sender.waitingSinceInMs ?? 0)).toBeGreaterThan(18_000)
  breakWith(null)
  await capture(2)
  expect(arrived).toEqual([1, 2, ...arrived.slice(2)])
  expect(arrived.slice(2)).toEqual([20, 21, 22, 23, 24])
  expect(sender.waitingSinceInMs).toBeNull()
  expect(refusals).toEqual([])
})

it('sends what a short trouble held up', async () => {
  const { arrived, capture, breakWith } = setUp()
  breakWith('rate_limited')
  await capture(2)
  breakWith(null)
  await capture(1)
  expect(arrived).toEqual([1, 2, 3])
})

it('stops when the lease is lost', async () => {
  const { sender, arrived, refusals, capture, breakWith } = setUp()
  breakWith('lease_lost')
  await capture(1)
  expect(refusals).toEqual(['lease_lost'])
  await sender.drained()
  expect(arrived).toEqual([])
})

it('says when nothing waits any more', async () => {
  const { sender, arrived, capture, breakWith } = setUp()
  await sender.drained()
  breakWith('unavailable')
  await capture(1)
  breakWith(null)
  const drained = sender.drained()
  await vi.advanceTimersByTimeAsync(1_000)
  await drained
  expect(arrived).toEqual([1])
})
