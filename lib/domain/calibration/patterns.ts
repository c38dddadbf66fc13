import { type ChirpShape, calibrationChirp, createChirp } from './chirp.ts'

/** A sound to be played once, in mono, and where in it the marks are that it is all about. */
export type Pattern = { samples: Float32Array; sampleRate: number; marksInMs: readonly number[] }

const sampleRate = 48_000

/**
 * Loudspeakers that sleep and media elements whose clock still jumps get so much time first; a hum too
 * low and faint to be heard keeps Bluetooth speakers from going back to sleep.
 */
const leadInMs = 2_200
const tailInMs = 900
const wakeful = { level: 3e-4, hz: 25 }

/** Seven chirps: the median holds when one or two are drowned. Further apart than a chirp is looked for. */
export function chirpPattern(): Pattern {
  return patternOf(createChirp(calibrationChirp, sampleRate), { count: 7, everyInMs: 900, level: 0.5 })
}

/** So slow that no output's delay is taken for a beat too early or too late. */
export const beatEveryInMs = 750
const clickShape: ChirpShape = { fromHz: 1_800, toHz: 900, durationInMs: 60, fadeInMs: 4 }

/** A metronome to tap along with: twenty-four beats. */
export function beatPattern(): Pattern {
  return patternOf(createChirp(clickShape, sampleRate), { count: 24, everyInMs: beatEveryInMs, level: 0.6 })
}

function patternOf(
  sound: Float32Array,
  { count, everyInMs, level }: { count: number; everyInMs: number; level: number },
): Pattern {
  const marksInMs = Array.from({ length: count }, (_, index) => leadInMs + index * everyInMs)
  const toIndex = (ms: number) => Math.round((ms * sampleRate) / 1_000)
  const samples = new Float32Array(toIndex(leadInMs + count * everyInMs + tailInMs))
  for (let index = 0; index < samples.length; index++) {
    samples[index] = wakeful.level * Math.sin((2 * Math.PI * wakeful.hz * index) / sampleRate)
  }
  for (const markInMs of marksInMs)
    samples.set(
      sound.map((sample) => level * sample),
      toIndex(markInMs),
    )
  return { samples, sampleRate, marksInMs }
}
