import { describe, expect, it } from 'vitest'
import { type Expected, locate } from './locate.ts'
import type { Recording } from './offsets.ts'
import { thinOut } from './thin-out.ts'

const perMs = 8
const startsAtInMs = 1_700_000_000_000

/** Noise without a period, low-passed as the tap does it, with a value between its samples too. */
function noise(seconds: number, seed: number) {
  let state = seed
  const white = Float32Array.from({ length: seconds * 48_000 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state / 2_147_483_648) * 0.8
  })
  return thinOut(white)
}

/** Interpolates by a windowed sinc: good enough that what is measured is the method and not the test. */
function valueAt(samples: Float32Array, at: number): number {
  const before = Math.floor(at)
  let sum = 0
  for (let index = before - 15; index <= before + 16; index++) {
    const distance = at - index
    const sinc = distance === 0 ? 1 : Math.sin(Math.PI * distance) / (Math.PI * distance)
    sum += (samples[index] ?? 0) * sinc * Math.cos((Math.PI * distance) / 34) ** 2
  }
  return sum
}

const sound = noise(20, 1)
const expected: Expected = (fromInMs, count) => {
  const from = (fromInMs - startsAtInMs) * perMs
  return Float32Array.from({ length: count }, (_, index) => sound[from + index] ?? 0)
}

/** Records for `seconds` from second 4 on what a player plays that is at `positionInMs(t)` t ms after the start. */
function record(
  seconds: number,
  positionInMs: (elapsedInMs: number) => number,
  sampleRate = 8_000,
): Recording {
  const samples = Float32Array.from({ length: seconds * sampleRate }, (_, index) =>
    valueAt(sound, positionInMs(4_000 + (index * 1_000) / sampleRate) * perMs),
  )
  return { samples, sampleRate, anchors: [{ index: 0, atInMs: startsAtInMs + 4_000 }] }
}

function heard(recording: Recording): { elapsedInMs: number; aheadInMs: number }[] {
  return locate(recording, expected).flatMap((reading) =>
    reading.kind === 'heard'
      ? [{ elapsedInMs: reading.atInMs - startsAtInMs, aheadInMs: reading.aheadInMs }]
      : [],
  )
}

describe('locate', () => {
  it.each([0, 0.25, -3.7, 12.3, -480.05, 2_100])(
    'finds a player that is %d ms ahead, to a tenth',
    (aheadInMs) => {
      const readings = heard(record(3, (elapsed) => elapsed + aheadInMs))
      expect(readings.length).toBeGreaterThan(25)
      for (const reading of readings) expect(Math.abs(reading.aheadInMs - aheadInMs)).toBeLessThan(0.1)
    },
  )

  it('follows a sound card that runs 100 ppm fast', () => {
    const readings = heard(record(8, (elapsed) => elapsed * 1.0001))
    expect(readings.length).toBeGreaterThan(70)
    for (const { elapsedInMs, aheadInMs } of readings)
      expect(Math.abs(aheadInMs - elapsedInMs * 1e-4)).toBeLessThan(0.1)
  })

  it.each([0.003, -0.005, 0.0125, -0.02])('follows a player whose rate is bent by %d', (bend) => {
    const readings = heard(record(3, (elapsed) => elapsed + (elapsed - 5_000) * bend))
    expect(readings.length).toBeGreaterThan(25)
    for (const { elapsedInMs, aheadInMs } of readings)
      expect(Math.abs(aheadInMs - (elapsedInMs - 5_000) * bend)).toBeLessThan(0.1)
  })

  it('sees a jump within a block of where it is', () => {
    const jumpAt = 5_550
    const readings = heard(record(4, (elapsed) => elapsed + (elapsed < jumpAt ? 0 : 37.5)))
    const before = readings.filter(({ elapsedInMs }) => elapsedInMs <= jumpAt - 50)
    const after = readings.filter(({ elapsedInMs }) => elapsedInMs >= jumpAt + 50)
    expect(before.length).toBeGreaterThan(10)
    expect(after.length).toBeGreaterThan(20)
    for (const { aheadInMs } of before) expect(Math.abs(aheadInMs)).toBeLessThan(0.1)
    for (const { aheadInMs } of after) expect(Math.abs(aheadInMs - 37.5)).toBeLessThan(0.1)
  })

  it('takes the recording at its own clock', () => {
    const recording = record(3, (elapsed) => elapsed)
    const anchors = [
      { index: 0, atInMs: startsAtInMs + 4_000 },
      { index: 24_000, atInMs: startsAtInMs + 7_006 },
    ]
    const readings = heard({ ...recording, anchors })
    expect(readings.at(-1)?.aheadInMs).toBeCloseTo(-5.8, 0)
  })

  it('calls silence silent and other sound elsewhere', () => {
    const anchors = [{ index: 0, atInMs: startsAtInMs + 4_000 }]
    const kinds = (samples: Float32Array) =>
      new Set(locate({ samples, sampleRate: 8_000, anchors }, expected).map(({ kind }) => kind))
    expect(kinds(new Float32Array(16_000))).toEqual(new Set(['silent']))
    expect(kinds(noise(2, 99))).toEqual(new Set(['elsewhere']))
  })

  it('does not decide between two places that are alike', () => {
    const period = 1_000 * perMs
    const looped: Expected = (fromInMs, count) => {
      const from = (fromInMs - startsAtInMs) * perMs
      return Float32Array.from({ length: count }, (_, index) => sound[(from + index) % period] ?? 0)
    }
    const samples = looped(startsAtInMs + 4_000, 16_000)
    const readings = locate(
      { samples, sampleRate: 8_000, anchors: [{ index: 0, atInMs: startsAtInMs + 4_000 }] },
      looped,
    )
    expect(new Set(readings.map(({ kind }) => kind))).toEqual(new Set(['ambiguous']))
  })
})
