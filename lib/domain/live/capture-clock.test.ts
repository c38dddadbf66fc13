import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type CaptureClock,
  emptyCaptureClock,
  nextStartInMs,
  noteArrival,
  originInMs,
} from './capture-clock.ts'

const sampleRate = 48_000
const blockInSamples = 2_400

/** Segments of a second from a device that is fast by `driftInPpm`, whose news come late by up to `jitterInMs`. */
function startsOfSegments(seconds: number, driftInPpm: number, jitters: readonly number[]): number[] {
  const starts: number[] = []
  let clock: CaptureClock = emptyCaptureClock
  let last: { startsAtInMs: number; durationInMs: number } | null = null
  const trueTimeOf = (samples: number) => (samples * 1_000) / (sampleRate * (1 + driftInPpm / 1e6))
  for (let samples = 0, i = 0; samples < seconds * sampleRate; samples += blockInSamples, i++) {
    const until = samples + blockInSamples
    const lateness = jitters[i % jitters.length] ?? 0
    clock = noteArrival(clock, { untilInSamples: until, atInMs: trueTimeOf(until) + lateness }, sampleRate)
    if (until % sampleRate !== 0) continue
    const start = until - sampleRate
    const measured = (originInMs(clock) ?? 0) + (start * 1_000) / sampleRate
    const startsAtInMs = nextStartInMs(last, measured)
    last = { startsAtInMs, durationInMs: 1_000 }
    starts.push(startsAtInMs - trueTimeOf(start))
  }
  return starts
}

it('says when segments were captured, whatever the delay of the news and the drift of the device', () => {
  const jitters = fc.array(fc.double({ min: 0, max: 40, noNaN: true }), { minLength: 7, maxLength: 60 })
  fc.assert(
    fc.property(fc.integer({ min: -200, max: 200 }), jitters, (driftInPpm, someJitters) => {
      // Now and then the news are on time, as they are on every machine.
      const errors = startsOfSegments(60, driftInPpm, [...someJitters, 0])
      for (const error of errors.slice(20)) expect(Math.abs(error)).toBeLessThan(3)
    }),
  )
})

it('never leads listeners faster than they can follow', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (measuredInMs) => {
      const next = nextStartInMs({ startsAtInMs: 5_000, durationInMs: 1_000 }, measuredInMs)
      expect(Math.abs(next - 6_000)).toBeLessThanOrEqual(5)
    }),
  )
  expect(nextStartInMs(null, 123.4)).toBe(123.4)
  expect(nextStartInMs({ startsAtInMs: 5_000, durationInMs: 1_000 }, 6_001)).toBe(6_001)
})
