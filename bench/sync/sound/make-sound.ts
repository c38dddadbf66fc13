import { createRandom } from '#lib/server/starter-tracks/synth/random.ts'
import { thinOut } from '../../../e2e/listening/thin-out.ts'

export const sampleRate = 48_000

/** A track of the bench: what is published, and what should be heard of it at the ear's 8 kHz. */
export type Sound = { title: string; kind: 'noise' | 'tones'; samples: Float32Array; heard: Float32Array }

/** No common period below a second, both well below the ear's 1.5 kHz. */
export const tonesInHz = [431, 1_237] as const

/**
 * Noise that never repeats itself: each 100 ms of it lies in only one place. Its energy lies where the ear listens, so
 * that an encoder has bits to spare and every rendition carries the same wave.
 */
export function makeNoise(title: string, seconds: number, seed: number): Sound {
  const random = createRandom(seed)
  const samples = new Float32Array(seconds * sampleRate)
  let [low, lower, lowest] = [0, 0, 0]
  for (let index = 0; index < samples.length; index++) {
    // Two poles at about 2 kHz, one at about 40 Hz against the offset.
    low += 0.23 * (2 * random() - 1 - low)
    lower += 0.23 * (low - lower)
    lowest += 0.005 * (lower - lowest)
    samples[index] = 0.8 * (lower - lowest)
  }
  return { title, kind: 'noise', samples, heard: thinOut(samples) }
}

/** Pure tones, for the ear that follows their phase. */
export function makeTones(title: string, seconds: number): Sound {
  const samples = Float32Array.from({ length: seconds * sampleRate }, (_, index) =>
    tonesInHz.reduce((sum, tone) => sum + 0.2 * Math.sin((2 * Math.PI * tone * index) / sampleRate), 0),
  )
  return { title, kind: 'tones', samples, heard: thinOut(samples) }
}
