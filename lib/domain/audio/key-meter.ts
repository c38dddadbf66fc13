import { type MusicalKey, musicalKeys } from './musical-key.ts'

/**
 * Estimates the key of a sound from how strong each of the twelve tones is in it. A piece that dwells on the chords
 * which a minor key shares with its relative major may be named by either: they are neighbours on the DJs' wheel.
 */
export type KeyMeter = {
  /** Takes the next samples of mono sound. */
  add: (samples: Float32Array) => void
  /** Null for silence, noise and what is too short. */
  key: () => MusicalKey | null
}

/** How well each tone, counted from the tonic, fits into a key (D. Temperley, "What's Key for Key?", 1999). */
const majorProfile = [5, 2, 3.5, 2, 4.5, 4, 2, 4.5, 2, 3.5, 1.5, 4]
const minorProfile = [5, 2, 3.5, 4.5, 2, 4, 2, 4.5, 3.5, 2, 1.5, 4]

/** From C3 (131 Hz) to B6 (1,976 Hz): below it tones are too close to tell apart, above it overtones rule. */
const lowestMidiNote = 48
const notesCount = 48
/** Long enough to tell C3 from its neighbours (a Hann window's main lobe is four bins wide). */
const windowInMs = 500
/** A profile that fits less than this fits by chance. */
const leastCorrelation = 0.5
/** In noise all tones are equally strong, but for chance: their standard deviation beside their mean. */
const leastContrast = 0.15

export function createKeyMeter(sampleRate: number): KeyMeter {
  const window = hann(Math.round((windowInMs * sampleRate) / 1000))
  const coefficients = Float64Array.from({ length: notesCount }, (_, i) => {
    const frequency = 440 * 2 ** ((lowestMidiNote + i - 69) / 12)
    return 2 * Math.cos((2 * Math.PI * frequency) / sampleRate)
  })
  const frame = new Float32Array(window.length)
  let filled = 0
  const tones = new Float64Array(12)

  const takeFrame = () => {
    for (let i = 0; i < frame.length; i++) frame[i] = (frame[i] ?? 0) * (window[i] ?? 0)
    const magnitudes = coefficients.map((coefficient) => goertzel(frame, coefficient))
    const loudest = Math.max(...magnitudes)
    if (loudest < 1e-4) return
    // Every frame counts the same, whether the music is loud there or not.
    for (const [i, magnitude] of magnitudes.entries())
      tones[i % 12] = (tones[i % 12] ?? 0) + magnitude / loudest
  }

  return {
    add(samples) {
      for (let at = 0; at < samples.length; ) {
        const part = samples.subarray(at, at + frame.length - filled)
        frame.set(part, filled)
        filled += part.length
        at += part.length
        if (filled === frame.length) {
          takeFrame()
          filled = 0
        }
      }
    },
    key() {
      if (contrastOf(tones) < leastContrast) return null
      let best: MusicalKey | null = null
      let highest = leastCorrelation
      for (const [i, key] of musicalKeys.entries()) {
        const profile = i < 12 ? majorProfile : minorProfile
        const fit = correlation(tones, (tone) => profile[(tone - (i % 12) + 12) % 12] ?? 0)
        if (fit > highest) [best, highest] = [key, fit]
      }
      return best
    },
  }
}

/** The magnitude of one frequency in a frame (Goertzel, 1958): cheaper than a whole spectrum for four octaves. */
function goertzel(frame: Float32Array, coefficient: number): number {
  let last = 0
  let beforeLast = 0
  for (const sample of frame) {
    const next = sample + coefficient * last - beforeLast
    beforeLast = last
    last = next
  }
  const power = last * last + beforeLast * beforeLast - coefficient * last * beforeLast
  return Math.sqrt(Math.max(0, power)) / frame.length
}

function hann(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length))
}

function contrastOf(tones: Float64Array): number {
  const mean = tones.reduce((sum, tone) => sum + tone, 0) / tones.length
  if (mean === 0) return 0
  const variance = tones.reduce((sum, tone) => sum + (tone - mean) ** 2, 0) / tones.length
  return Math.sqrt(variance) / mean
}

/** Pearson's, between the twelve tones and a profile; 0 where all tones are equally strong. */
function correlation(tones: Float64Array, profileOf: (tone: number) => number): number {
  const profile = tones.map((_, tone) => profileOf(tone))
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [tonesMean, profileMean] = [mean(tones), mean(profile)]
  let both = 0
  let tonesSquare = 0
  let profileSquare = 0
  for (let i = 0; i < tones.length; i++) {
    const a = (tones[i] ?? 0) - tonesMean
    const b = (profile[i] ?? 0) - profileMean
    both += a * b
    tonesSquare += a * a
    profileSquare += b * b
  }
  const scale = Math.sqrt(tonesSquare * profileSquare)
  return scale === 0 ? 0 : both / scale
}
