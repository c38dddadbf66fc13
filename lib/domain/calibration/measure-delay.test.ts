import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calibrationChirp, createChirp } from './chirp.ts'
import { type HeardSound, measureDelay } from './measure-delay.ts'
import { chirpPattern } from './patterns.ts'

/** A room, and what a microphone in it makes of chirps. */
type Room = {
  delayInMs: number
  sampleRate: number
  /** Of the direct sound at the microphone. */
  level: number
  /** Root mean square of white noise, as a share of the chirp's level. */
  noise: number
  echo: { afterInMs: number; gain: number }
  isInverted: boolean
  seed: number
}

const emittedAtInMs = chirpPattern().marksInMs.map((markInMs) => markInMs + 41_000.37)
const startsAtInMs = (emittedAtInMs[0] as number) - 700.21

function whiteNoise(length: number, seed: number): Float32Array {
  let state = seed | 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state / 2 ** 31
  }
  // The sum of three even distributions is nearly a normal one, with a deviation of 1.
  return Float32Array.from({ length }, () => next() + next() + next())
}

function hear(room: Room, heardInMs = emittedAtInMs, jitterInMs: readonly number[] = []): HeardSound {
  const { sampleRate, level, echo } = room
  const lastInMs = Math.max(...heardInMs) - startsAtInMs
  const samples = whiteNoise(Math.ceil(((lastInMs + 1_000) * sampleRate) / 1_000), room.seed)
  for (let index = 0; index < samples.length; index++)
    samples[index] = (samples[index] ?? 0) * level * room.noise
  const mix = (atInMs: number, gain: number) => {
    const at = ((atInMs - startsAtInMs) * sampleRate) / 1_000
    const first = Math.floor(at)
    const chirp = createChirp(calibrationChirp, sampleRate, ((at - first) * 1_000) / sampleRate)
    for (const [index, sample] of chirp.entries()) {
      if (first + index < samples.length)
        samples[first + index] = (samples[first + index] ?? 0) + gain * sample
    }
  }
  const sign = room.isInverted ? -1 : 1
  for (const [index, atInMs] of heardInMs.entries()) {
    const arrivesAtInMs = atInMs + room.delayInMs + (jitterInMs[index] ?? 0)
    mix(arrivesAtInMs, sign * level)
    mix(arrivesAtInMs + echo.afterInMs, sign * level * echo.gain)
  }
  return { samples, sampleRate, startsAtInMs }
}

const quiet: Room = {
  delayInMs: 180,
  sampleRate: 48_000,
  level: 0.3,
  noise: 0,
  echo: { afterInMs: 5, gain: 0 },
  isInverted: false,
  seed: 7,
}
const measure = (heard: HeardSound) => measureDelay(heard, emittedAtInMs, calibrationChirp)

const anyRoom: fc.Arbitrary<Room> = fc.record({
  delayInMs: fc.double({ min: -40, max: 690, noNaN: true }),
  sampleRate: fc.constantFrom(16_000, 44_100, 48_000),
  level: fc.double({ min: 0.002, max: 0.9, noNaN: true }),
  noise: fc.double({ min: 0, max: 1, noNaN: true }),
  echo: fc.record({
    afterInMs: fc.double({ min: 2, max: 28, noNaN: true }),
    gain: fc.double({ min: 0, max: 0.8, noNaN: true }),
  }),
  isInverted: fc.boolean(),
  seed: fc.integer(),
})

describe('measureDelay', () => {
  // A failing run prints its seed and path: hand them to `fc.assert` as `{ seed, path }` to see it again.
  it('finds any delay in any room, in noise as loud as the chirp itself', () => {
    fc.assert(
      fc.property(anyRoom, (room) => {
        const result = measure(hear(room))
        expect(result).toMatchObject({ ok: true })
        if (result.ok) expect(Math.abs(result.delayInMs - room.delayInMs)).toBeLessThan(0.4)
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  it('finds it between two samples where all is quiet', () => {
    for (const delayInMs of [0, 0.013, 123.4567]) {
      const result = measure(hear({ ...quiet, delayInMs }))
      expect(result).toMatchObject({ ok: true, agreed: 7, played: 7, confidence: 'high' })
      if (result.ok) expect(result.delayInMs).toBeCloseTo(delayInMs, 2)
    }
  })

  it('takes the direct sound for it, though its echo is louder', () => {
    const result = measure(hear({ ...quiet, echo: { afterInMs: 9, gain: 1.4 } }))
    if (!result.ok) throw new Error(result.reason)
    expect(result.delayInMs).toBeCloseTo(180, 1)
  })

  it('does without two chirps that were not heard', () => {
    const result = measure(hear(quiet, emittedAtInMs.slice(2)))
    expect(result).toMatchObject({ ok: true, agreed: 5, played: 7 })
    if (result.ok) expect(result.delayInMs).toBeCloseTo(180, 1)
  })

  it('leaves out a chirp that came at another time than the rest', () => {
    const result = measure(hear(quiet, emittedAtInMs, [0, 0, 90]))
    expect(result).toMatchObject({ ok: true, agreed: 6 })
    if (result.ok) expect(result.delayInMs).toBeCloseTo(180, 1)
  })

  it('says that nothing was heard in silence, in noise and in the sound of something else', () => {
    const nobody = { ...quiet, level: 0 }
    expect(measure(hear(nobody))).toEqual({ ok: false, reason: 'not_heard' })
    const noise = hear(quiet, [])
    expect(measure({ ...noise, samples: whiteNoise(400_000, 3) })).toEqual({ ok: false, reason: 'not_heard' })
    const hum = Float32Array.from({ length: 400_000 }, (_, index) => Math.sin(index * 0.13))
    expect(measure({ ...quiet, samples: hum, startsAtInMs })).toEqual({ ok: false, reason: 'not_heard' })
  })

  it('says that an output is unsteady which takes another time for each chirp', () => {
    const jitterInMs = [0, 60, 130, 25, 210, 95, 170]
    expect(measure(hear(quiet, emittedAtInMs, jitterInMs))).toEqual({ ok: false, reason: 'unsteady' })
  })
})
