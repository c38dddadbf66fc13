import { findBest } from './correlate.ts'
import { energyInDb, indexOf, type Recording, timeOf } from './offsets.ts'

/** The sound that should be heard: `count` samples at 8 kHz from an instant (a whole millisecond) on. */
export type Expected = (fromInMs: number, count: number) => Float32Array

/** What was heard around one instant. */
export type Reading = { atInMs: number } & (
  | { kind: 'silent' }
  /** Heard, and so much ahead of what was expected (negative: behind). */
  | { kind: 'heard'; aheadInMs: number }
  /** Audible, but nowhere within reach of what was expected. */
  | { kind: 'elsewhere' }
  /** It resembles two places too much alike to say which. */
  | { kind: 'ambiguous' }
)

const settings = {
  blockInMs: 100,
  /** Around where the last block was found. */
  narrowInMs: 25,
  /** When it was lost. */
  wideInMs: 2_500,
  scoreMin: 0.6,
  /** Scores above it need no other hypothesis about the rate. */
  scoreGood: 0.92,
  /** Rates that the sound may be played at just now: a block that is stretched by 1 % resembles the original no more. */
  rateBends: [0, 0.005, -0.005, 0.01, -0.01, 0.015, -0.015, 0.02, -0.02],
  /** The best place must resemble the block so many times more than the second-best. */
  peakToRivalMin: 2,
  silenceBelowInDb: -55,
} as const

type Found = { aheadInMs: number; score: number; rivalScore: number }

/**
 * Finds each block of a recording in the sound that was expected: at every instant that is a multiple of `stepInMs`, so
 * that the readings of several listeners can be compared one by one. The expected sound must not repeat itself.
 */
export function locate(recording: Recording, expected: Expected, stepInMs = 100): Reading[] {
  const { samples, sampleRate } = recording
  const perMs = sampleRate / 1_000
  const half = Math.round((settings.blockInMs * perMs) / 2)
  const firstAtInMs = Math.ceil(timeOf(recording, half + 20) / stepInMs) * stepInMs
  const readings: Reading[] = []
  let lastInMs: number | null = null

  for (let atInMs: number = firstAtInMs; ; atInMs += stepInMs) {
    const center = Math.round(indexOf(recording, atInMs))
    if (center + half + 20 > samples.length) return readings
    if (energyInDb(samples.subarray(center - half, center + half)) < settings.silenceBelowInDb) {
      readings.push({ atInMs, kind: 'silent' })
      continue
    }
    const heardAtInMs = timeOf(recording, center)

    const search = (aroundInMs: number, reachInMs: number): Found | null => {
      const fromInMs = Math.floor(heardAtInMs + aroundInMs - reachInMs - settings.blockInMs / 2)
      const haystack = expected(fromInMs, Math.ceil((2 * reachInMs + settings.blockInMs) * perMs) + 8)
      let best: Found | null = null
      for (const bend of settings.rateBends) {
        const needle = bent(samples, center, half, bend)
        const match = findBest(haystack, needle, 0, haystack.length)
        if (match && match.score > (best?.score ?? 0)) {
          const { lag, score, rivalScore } = match
          best = { aheadInMs: fromInMs + (lag + half) / perMs - heardAtInMs, score, rivalScore }
        }
        if (best && best.score > settings.scoreGood) break
      }
      return best && best.score >= settings.scoreMin ? best : null
    }

    const near: Found | null = lastInMs === null ? null : search(lastInMs, settings.narrowInMs)
    const found: Found | null = near ?? search(0, settings.wideInMs)
    if (!found) {
      lastInMs = null
      readings.push({ atInMs, kind: 'elsewhere' })
    } else if (found.score < settings.peakToRivalMin * found.rivalScore) {
      lastInMs = null
      readings.push({ atInMs, kind: 'ambiguous' })
    } else {
      lastInMs = found.aheadInMs
      readings.push({ atInMs, kind: 'heard', aheadInMs: found.aheadInMs })
    }
  }
}

/** The block around `center` as it was before it was played at the rate 1 + `bend` (Catmull-Rom between samples). */
function bent(samples: Float32Array, center: number, half: number, bend: number): Float32Array {
  if (bend === 0) return samples.subarray(center - half, center + half)
  const block = new Float32Array(2 * half)
  for (let index = 0; index < block.length; index++) {
    const at = center + (index - half) / (1 + bend)
    const before = Math.floor(at)
    const part = at - before
    const [a, b, c, d] = [-1, 0, 1, 2].map((step) => samples[before + step] ?? 0) as [
      number,
      number,
      number,
      number,
    ]
    block[index] =
      b + 0.5 * part * (c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a)))
  }
  return block
}
