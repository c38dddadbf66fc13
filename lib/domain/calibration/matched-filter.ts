import { fft, powerOfTwoFrom } from './fft.ts'

/** Where a needle was found. */
export type Match = {
  /** Samples from the beginning of the haystack, with fractions. */
  lag: number
  /** How much what lies there resembles the needle, from 0 to 1, whatever its level. */
  score: number
  /** How many times the score of the next best place this is: near 1, it may as well lie elsewhere. */
  ratio: number
}

/** Of a place before this share of the best score it is assumed that it is the direct sound, and the best an echo. */
const firstArrivalShare = 0.6
const echoWithinInMs = 30
/** The peak itself is so wide. */
const peakInMs = 1.5

/** The place of a needle in a haystack; null where the haystack is silent or shorter than the needle. */
export function findNeedle(haystack: Float32Array, needle: Float32Array, sampleRate: number): Match | null {
  const scores = resemblance(haystack, needle)
  const top = highest(scores, 0, scores.length)
  if (top === null || scores[top] === 0) return null
  const toSamples = (ms: number) => Math.round((ms * sampleRate) / 1_000)
  const first = firstArrival(scores, top, toSamples(echoWithinInMs))
  const score = scores[first] as number
  const elsewhere = Math.max(
    scoreAt(scores, highest(scores, 0, first - toSamples(peakInMs))),
    scoreAt(scores, highest(scores, first + toSamples(echoWithinInMs), scores.length)),
  )
  return { lag: first + vertex(scores, first), score, ratio: score / Math.max(elsewhere, 1e-6) }
}

/**
 * For every lag the envelope of the cross-correlation, normalised by the energy that lies under the needle. The envelope
 * (the magnitude of the analytic signal) does not care for what a loudspeaker does to phase and polarity.
 */
export function resemblance(haystack: Float32Array, needle: Float32Array): Float64Array {
  const lags = haystack.length - needle.length + 1
  if (lags < 1 || needle.length === 0) return new Float64Array(0)
  const envelope = correlationEnvelope(haystack, needle)
  const needleEnergy = needle.reduce((sum, sample) => sum + sample * sample, 0)
  const silentBelow = needleEnergy * 1e-9
  let energy = 0
  for (let index = 0; index < needle.length - 1; index++) energy += (haystack[index] as number) ** 2
  const scores = new Float64Array(lags)
  for (let lag = 0; lag < lags; lag++) {
    energy += (haystack[lag + needle.length - 1] as number) ** 2
    if (energy > silentBelow) {
      scores[lag] = Math.min(1, (envelope[lag] as number) / Math.sqrt(energy * needleEnergy))
    }
    energy -= (haystack[lag] as number) ** 2
  }
  return scores
}

function correlationEnvelope(haystack: Float32Array, needle: Float32Array): Float64Array {
  const size = powerOfTwoFrom(haystack.length + needle.length)
  const sound = spectrumOf(haystack, size)
  const sought = spectrumOf(needle, size)
  const real = new Float64Array(size)
  const imaginary = new Float64Array(size)
  // Only positive frequencies, doubled: what comes back is the analytic signal.
  for (let bin = 1; bin < size / 2; bin++) {
    const a = sound.real[bin] as number
    const b = sound.imaginary[bin] as number
    const c = sought.real[bin] as number
    const d = sought.imaginary[bin] as number
    real[bin] = (2 * (a * c + b * d)) / size
    imaginary[bin] = (2 * (b * c - a * d)) / size
  }
  fft(real, imaginary, 'backward')
  for (let lag = 0; lag < size; lag++) {
    real[lag] = Math.sqrt((real[lag] as number) ** 2 + (imaginary[lag] as number) ** 2)
  }
  return real
}

function spectrumOf(samples: Float32Array, size: number) {
  const real = new Float64Array(size)
  real.set(samples)
  const imaginary = new Float64Array(size)
  fft(real, imaginary, 'forward')
  return { real, imaginary }
}

function highest(scores: Float64Array, from: number, to: number): number | null {
  let best: number | null = null
  let bestScore = -1
  for (let index = Math.max(0, from); index < Math.min(to, scores.length); index++) {
    const score = scores[index] as number
    if (score > bestScore) {
      best = index
      bestScore = score
    }
  }
  return best
}

const scoreAt = (scores: Float64Array, index: number | null) => (index === null ? 0 : (scores[index] ?? 0))

/** The first peak that is nearly as high as the highest one and so close before it that the room explains it. */
function firstArrival(scores: Float64Array, top: number, within: number): number {
  for (let index = Math.max(1, top - within); index < top; index++) {
    const score = scoreAt(scores, index)
    const isPeak = score >= scoreAt(scores, index - 1) && score >= scoreAt(scores, index + 1)
    if (isPeak && score >= firstArrivalShare * scoreAt(scores, top)) return index
  }
  return top
}

/** The top of a parabola through a peak and its neighbours, in samples from the peak. */
function vertex(scores: Float64Array, peak: number): number {
  const [left, top, right] = [peak - 1, peak, peak + 1].map((index) => scoreAt(scores, index)) as [
    number,
    number,
    number,
  ]
  const curvature = left - 2 * top + right
  return left && right && curvature < 0 ? (left - right) / (2 * curvature) : 0
}
