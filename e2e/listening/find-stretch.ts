import { scan } from './correlate.ts'

export type StretchMatch = {
  /** In samples. */
  lag: number
  /** From -1 to 1. */
  score: number
  /** The score of the best place that is further away than a player wavers: in music, a beat before or after. */
  rivalScore: number
}

const stride = 2

/**
 * Finds the lag in [fromLag, toLag] at which a haystack resembles a stretch of sound, of which one beat may be like
 * another. Players waver by a millisecond or two within a second, and so much spoils a correlation over all of it; so the
 * stretch is looked for in blocks, each of which may lie up to `waveringInSamples` beside the others, and the best lag is
 * that of the best average. Silent blocks do not count. Null when the range lies outside the haystack.
 */
export function findStretch(
  haystack: Float32Array,
  blocks: readonly { at: number; sound: Float32Array }[],
  fromLag: number,
  toLag: number,
  waveringInSamples: number,
): StretchMatch | null {
  const [first, last] = [Math.ceil(fromLag), Math.floor(toLag)]
  const reach = Math.max(0, ...blocks.map(({ at, sound }) => at + sound.length))
  if (blocks.length === 0 || first < 0 || last + reach > haystack.length) return null
  const sums = new Float32Array(Math.floor((last - first) / stride) + 1)
  for (const { at, sound } of blocks) {
    const { scores } = scan(haystack, sound, first + at, last + at, stride)
    highestAround(scores, waveringInSamples / stride).forEach((score, index) => {
      sums[index] = (sums[index] ?? 0) + score / blocks.length
    })
  }
  const best = indexOfHighest(sums)
  const isNear = (index: number) => Math.abs(index - best) * stride <= 4 * waveringInSamples
  const rivals = sums.map((score, index) => (isNear(index) ? 0 : score))
  return {
    lag: first + best * stride,
    score: sums[best] ?? 0,
    rivalScore: rivals[indexOfHighest(rivals)] ?? 0,
  }
}

/** In place of each value the highest one up to `radius` away from it. */
function highestAround(values: Float32Array, radius: number): Float32Array {
  return values.map((_, index) =>
    values.subarray(Math.max(0, index - radius), index + radius + 1).reduce((a, b) => Math.max(a, b), 0),
  )
}

const indexOfHighest = (values: Float32Array): number =>
  values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0)
