import { audioFormat } from '#lib/protocol/tracks.ts'

export const { sampleRate } = audioFormat

/** Samples for so many seconds. */
export function silence(durationInSeconds: number): Float32Array {
  return new Float32Array(Math.ceil(durationInSeconds * sampleRate))
}

const semitoneByName: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 }

/** The frequency of a note such as `A4` (440 Hz), `Eb2` or `F#3`, equally tempered. */
export function frequencyOf(note: string): number {
  const [, name = 'A', accidental, octave = '4'] = /^([A-G])([b#]?)(-?\d)$/.exec(note) ?? []
  const shift = accidental === 'b' ? -1 : accidental === '#' ? 1 : 0
  const midi = (Number(octave) + 1) * 12 + (semitoneByName[name] ?? 0) + shift
  return 440 * 2 ** ((midi - 69) / 12)
}

export type Envelope = { attack: number; decay: number; sustain: number; release: number }

/** The height of an ADSR envelope at `time`, for a note held for `held` seconds. Decay and release are exponential. */
export function envelopeAt(
  { attack, decay, sustain, release }: Envelope,
  time: number,
  held: number,
): number {
  const whileHeld = (t: number) =>
    t < attack ? t / attack : sustain + (1 - sustain) * Math.exp((-4 * (t - attack)) / decay)
  if (time < held) return whileHeld(time)
  return whileHeld(held) * Math.exp((-4.6 * (time - held)) / release)
}

/** Band-limited saw (polyBLEP: Välimäki and Huovilainen, 2007): `phase` and `step` in cycles. */
export function saw(phase: number, step: number): number {
  return 2 * phase - 1 - polyBlep(phase, step)
}

/** Band-limited pulse; `width` from 0 to 1. */
export function pulse(phase: number, step: number, width: number): number {
  const other = (phase + 1 - width) % 1
  return (phase < width ? 1 : -1) + polyBlep(phase, step) - polyBlep(other, step)
}

function polyBlep(phase: number, step: number): number {
  if (phase < step) {
    const t = phase / step
    return t + t - t * t - 1
  }
  if (phase > 1 - step) {
    const t = (phase - 1) / step
    return t * t + t + t + 1
  }
  return 0
}
