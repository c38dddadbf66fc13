import { type ChirpShape, createChirp } from './chirp.ts'
import { findNeedle } from './matched-filter.ts'
import { medianError, medianOf, robustDeviation, withoutOutliers } from './robust.ts'

/** What a microphone heard, and when its first sample was handed over. */
export type HeardSound = { samples: Float32Array; sampleRate: number; startsAtInMs: number }

/** From a sound's supposed instant to its arrival in the recording. */
export type DelayMeasurement =
  | {
      ok: true
      delayInMs: number
      /** One standard error of the median, from how much the single chirps differ. */
      uncertaintyInMs: number
      /** How many chirps agreed, of how many that were played. */
      agreed: number
      played: number
      confidence: 'high' | 'fair'
    }
  /** `not_heard`: too quiet, or drowned. `unsteady`: heard, but each time elsewhere. */
  | { ok: false; reason: 'not_heard' | 'unsteady' }

/** A chirp is looked for in this span after its supposed instant: Bluetooth takes up to half a second. */
export const searchSpanInMs = { from: -80, to: 720 }

const heardAboveScore = 0.12
const heardAboveRatio = 1.25
const agreeWithinInMs = 2
const unsteadyAboveInMs = 12
const high = { share: 0.7, deviationInMs: 1.5 }

/** Finds every chirp in a recording. `emittedAtInMs` is when each was supposed to sound, on the recording's clock. */
export function measureDelay(
  heard: HeardSound,
  emittedAtInMs: readonly number[],
  shape: ChirpShape,
): DelayMeasurement {
  const needle = createChirp(shape, heard.sampleRate)
  const delays = emittedAtInMs.flatMap((atInMs) => delayOfChirp(heard, needle, atInMs) ?? [])
  if (delays.length < Math.max(3, emittedAtInMs.length / 2)) return { ok: false, reason: 'not_heard' }
  const agreeing = withoutOutliers(delays, agreeWithinInMs)
  const deviationInMs = robustDeviation(agreeing)
  const isSteady = agreeing.length >= 3 && agreeing.length >= delays.length / 2
  if (!isSteady || deviationInMs > unsteadyAboveInMs) return { ok: false, reason: 'unsteady' }
  const isHigh = agreeing.length >= high.share * emittedAtInMs.length && deviationInMs <= high.deviationInMs
  return {
    ok: true,
    delayInMs: medianOf(agreeing),
    uncertaintyInMs: medianError(agreeing),
    agreed: agreeing.length,
    played: emittedAtInMs.length,
    confidence: isHigh ? 'high' : 'fair',
  }
}

function delayOfChirp(
  { samples, sampleRate, startsAtInMs }: HeardSound,
  needle: Float32Array,
  emittedAtInMs: number,
): number | null {
  const indexAt = (atInMs: number) => Math.round(((atInMs - startsAtInMs) * sampleRate) / 1_000)
  const from = Math.max(0, indexAt(emittedAtInMs + searchSpanInMs.from))
  const to = Math.min(samples.length, indexAt(emittedAtInMs + searchSpanInMs.to) + needle.length)
  if (to <= from) return null
  const match = findNeedle(samples.subarray(from, to), needle, sampleRate)
  if (!match || match.score < heardAboveScore || match.ratio < heardAboveRatio) return null
  return startsAtInMs + ((from + match.lag) * 1_000) / sampleRate - emittedAtInMs
}
