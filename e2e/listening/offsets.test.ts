import { describe, expect, it } from 'vitest'
import {
  energyInDb,
  indexOf,
  offsetsBetween,
  pairwiseOffsets,
  type Recording,
  summarise,
  timeOf,
} from './offsets.ts'

const sampleRate = 8_000

/** Noise without a period, low-passed so that shifting it by parts of a sample is smooth. */
function noise(seconds: number, seed = 1): Float32Array {
  let state = seed
  const samples = new Float32Array(seconds * sampleRate)
  let low = 0
  let lower = 0
  for (let index = 0; index < samples.length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    low += 0.5 * (state / 2_147_483_648 - low)
    lower += 0.5 * (low - lower)
    samples[index] = lower
  }
  return samples
}

const recorded = (samples: Float32Array, startsAtInMs: number): Recording => ({
  samples,
  sampleRate,
  anchors: [{ index: 0, atInMs: startsAtInMs }],
})

describe('offsetsBetween', () => {
  it.each([0, 80, -80, 250.5])('finds a sound that comes %d ms later', (laterInMs) => {
    const sound = noise(3)
    const offsets = offsetsBetween(recorded(sound, 1e12), recorded(sound, 1e12 + laterInMs))
    expect(offsets.length).toBeGreaterThan(5)
    for (const { offsetInMs } of offsets) expect(offsetInMs).toBeCloseTo(laterInMs, 1)
  })

  it('finds it when the recordings themselves began at different times', () => {
    const sound = noise(3)
    const second = recorded(sound.subarray(4_000), 1e12 + 500 + 12)
    for (const { offsetInMs } of offsetsBetween(recorded(sound, 1e12), second)) {
      expect(offsetInMs).toBeCloseTo(12, 1)
    }
  })

  it('follows a sound that jumps', () => {
    const sound = noise(6)
    const jumped = Float32Array.from(sound, (_, index) => sound[index < 24_000 ? index : index - 800] ?? 0)
    const offsets = offsetsBetween(recorded(sound, 0), recorded(jumped, 0)).map(
      ({ offsetInMs }) => offsetInMs,
    )
    expect(offsets[0]).toBeCloseTo(0, 1)
    expect(offsets.at(-1)).toBeCloseTo(100, 1)
  })

  it.each([0.9, 1.3, 1.7])(
    'follows a player that wavers by %s ms while it corrects itself',
    (waveringInMs) => {
      // A wave of 1 kHz comes out of step within the quarter of a second in which a player changes its rate by a percent.
      const sound = noise(5)
      const laterInMs = (index: number) => waveringInMs * Math.sin(index / 1_500)
      const wavering = Float32Array.from(sound, (_, index) => {
        const at = index - laterInMs(index) * (sampleRate / 1_000)
        const before = Math.floor(at)
        return (sound[before] ?? 0) * (before + 1 - at) + (sound[before + 1] ?? 0) * (at - before)
      })
      const offsets = offsetsBetween(recorded(sound, 0), recorded(wavering, 0))
      expect(offsets.length).toBeGreaterThan(4)
      for (const { atInMs, offsetInMs } of offsets)
        expect(Math.abs(offsetInMs - laterInMs((atInMs + 100) * (sampleRate / 1_000)))).toBeLessThan(1)
    },
  )

  it('does not take one beat for another where music repeats itself and a moment is spoilt', () => {
    const [beat, melody] = [noise(0.5, 7), noise(6, 8)]
    const sound = melody.map((sample, index) => 0.5 * sample + (beat[index % beat.length] ?? 0))
    const spoilt = Float32Array.from(sound, (sample, index) => (index < 1_200 ? 0 : sample))
    const offsets = offsetsBetween(recorded(sound, 0), recorded(spoilt, 0))
    expect(offsets.length).toBeGreaterThan(15)
    for (const { offsetInMs } of offsets) expect(offsetInMs).toBeCloseTo(0, 1)
  })

  it('does not take one beat for another where a recording begins or ends before the other', () => {
    // One beat after another under a melody.
    const [beat, melody] = [noise(0.5, 7), noise(8, 8)]
    const sound = melody.map((sample, index) => 0.5 * sample + (beat[index % beat.length] ?? 0))
    const from = 6_000
    const later = recorded(sound.subarray(from), (from / sampleRate) * 1_000)
    for (const pair of [
      [recorded(sound, 0), later],
      [later, recorded(sound, 0)],
      [recorded(sound, 0), recorded(sound.subarray(0, -from), 0)],
    ] as const) {
      const offsets = offsetsBetween(...pair)
      expect(offsets.length).toBeGreaterThan(10)
      for (const { offsetInMs } of offsets) expect(offsetInMs).toBeCloseTo(0, 1)
    }
  })

  it('does not take one beat for another while the sound is not quite the same', () => {
    // For four seconds the melody comes mostly a beat late, and only partly on time; the beat itself is always there.
    const [beat, melody] = [noise(0.5, 7), noise(8, 8)]
    const withBeat = (note: (index: number) => number) =>
      melody.map((_, index) => 0.6 * note(index) + (beat[index % beat.length] ?? 0))
    const onTime = (index: number) => melody[index] ?? 0
    const mixed = (index: number) => 0.55 * onTime(index - beat.length) + 0.45 * onTime(index)
    const sound = recorded(withBeat(onTime), 0)
    const spoilt = recorded(
      withBeat((index) => (index < 4 * sampleRate ? mixed(index) : onTime(index))),
      0,
    )
    const offsets = offsetsBetween(sound, spoilt)
    expect(offsets.length).toBeGreaterThan(15)
    for (const { offsetInMs } of offsets) expect(offsetInMs).toBeCloseTo(0, 1)
  })

  it('says nothing about silence or about another sound', () => {
    const silence = recorded(new Float32Array(3 * sampleRate), 0)
    expect(offsetsBetween(recorded(noise(3), 0), silence)).toEqual([])
    expect(offsetsBetween(silence, recorded(noise(3), 0))).toEqual([])
    expect(offsetsBetween(recorded(noise(3), 0), recorded(noise(3, 2), 0))).toEqual([])
  })
})

describe('pairwiseOffsets', () => {
  it('compares every pair', () => {
    const sound = noise(4)
    const offsets = pairwiseOffsets([recorded(sound, 0), recorded(sound, 10), recorded(sound, 30)])
    expect(new Set(offsets.map(({ offsetInMs }) => Math.round(offsetInMs)))).toEqual(new Set([10, 20, 30]))
  })
})

describe('summarise', () => {
  it('takes offsets without their sign', () => {
    const offsets = [-4, 1, 2, 3].map((offsetInMs) => ({ atInMs: 0, offsetInMs }))
    expect(summarise(offsets)).toEqual({ count: 4, p50InMs: 3, p95InMs: 4, maxInMs: 4 })
  })
})

describe('a recording', () => {
  it('bends time between its anchors', () => {
    const recording: Recording = {
      samples: new Float32Array(1),
      sampleRate,
      anchors: [
        { index: 0, atInMs: 1_000 },
        { index: 8_000, atInMs: 2_001 },
        { index: 16_000, atInMs: 3_001 },
      ],
    }
    expect(timeOf(recording, 4_000)).toBe(1_500.5)
    expect(indexOf(recording, 1_500.5)).toBe(4_000)
    expect(timeOf(recording, 16_008)).toBe(3_002)
    expect(timeOf(recording, -8)).toBeCloseTo(999, 1)
  })
})

describe('energyInDb', () => {
  it('is 0 for a full square wave, -6 for half, nothing for silence', () => {
    expect(energyInDb(new Float32Array(8).fill(1))).toBeCloseTo(0)
    expect(energyInDb(new Float32Array(8).fill(0.5))).toBeCloseTo(-6.02, 1)
    expect(energyInDb(new Float32Array(8))).toBe(Number.NEGATIVE_INFINITY)
  })
})
