import { noise } from '../../../e2e/fixtures/noise.ts'
import { thinOut } from '../../../e2e/listening/thin-out.ts'

export const sampleRate = 48_000

/** A track of the bench: what is published, and what should be heard of it at the ear's 8 kHz. */
export type Sound = { title: string; kind: 'noise' | 'tones'; samples: Float32Array; heard: Float32Array }

/** No common period below a second, both well below the ear's 1.5 kHz. */
export const tonesInHz = [431, 1_237] as const

/** Noise without a period: each 100 ms of it lies in only one place. */
export function makeNoise(title: string, seconds: number, seed: number): Sound {
  const samples = noise(seconds, seed)
  return { title, kind: 'noise', samples, heard: thinOut(samples) }
}

/** Pure tones, for the ear that follows their phase. */
export function makeTones(title: string, seconds: number): Sound {
  const samples = Float32Array.from({ length: seconds * sampleRate }, (_, index) =>
    tonesInHz.reduce((sum, tone) => sum + 0.2 * Math.sin((2 * Math.PI * tone * index) / sampleRate), 0),
  )
  return { title, kind: 'tones', samples, heard: thinOut(samples) }
}
