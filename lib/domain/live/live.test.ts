import { expect, it } from 'vitest'
import { audibleSpan, isToBeHeard, isWorthSending, liveDistanceInMs } from './live.ts'

it('is heard at one distance from its capture', () => {
  expect(audibleSpan({ startsAtInMs: 1_000, endsAtInMs: 5_000 })).toEqual({
    fromInMs: 1_000 + liveDistanceInMs,
    untilInMs: 5_000 + liveDistanceInMs,
  })
  expect(audibleSpan({ startsAtInMs: 1_000, endsAtInMs: null }).untilInMs).toBe(Number.POSITIVE_INFINITY)
})

it('matters until its end has been heard', () => {
  const stream = { startsAtInMs: 0, endsAtInMs: 5_000 }
  expect(isToBeHeard(stream, 8_000)).toBe(true)
  expect(isToBeHeard(stream, 9_000)).toBe(false)
})

it('is not sent when it cannot arrive in time', () => {
  expect(isWorthSending(10_000, 13_000)).toBe(true)
  expect(isWorthSending(10_000, 13_400)).toBe(false)
})
