/** Where a needle lies in a haystack: `lag` in samples (with fractions), `score` from -1 to 1. */
export type Match = { lag: number; score: number }

/**
 * Finds the lag in [fromLag, toLag] at which the haystack resembles the needle most, by normalised cross-correlation;
 * the peak is refined by a parabola. Null when the range lies outside the haystack or the needle is silent.
 */
export function findBest(
  haystack: Float32Array,
  needle: Float32Array,
  fromLag: number,
  toLag: number,
): Match | null {
  const first = Math.max(0, Math.ceil(fromLag))
  const last = Math.min(haystack.length - needle.length, Math.floor(toLag))
  const needleEnergy = energyOf(needle, 0, needle.length)
  if (last < first || needleEnergy < 1e-9) return null

  const scores = new Float64Array(last - first + 1)
  let windowEnergy = energyOf(haystack, first, needle.length)
  let best = 0
  for (let index = 0; index < scores.length; index++) {
    const lag = first + index
    if (index > 0) {
      windowEnergy += square(haystack[lag + needle.length - 1]) - square(haystack[lag - 1])
    }
    scores[index] =
      windowEnergy > 1e-9 ? dot(haystack, lag, needle) / Math.sqrt(windowEnergy * needleEnergy) : 0
    if ((scores[index] ?? 0) > (scores[best] ?? 0)) best = index
  }
  return { lag: first + best + parabolaVertex(scores, best), score: scores[best] ?? 0 }
}

const square = (value = 0) => value * value

function energyOf(samples: Float32Array, from: number, length: number): number {
  let sum = 0
  for (let index = from; index < from + length; index++) sum += square(samples[index])
  return sum
}

function dot(haystack: Float32Array, lag: number, needle: Float32Array): number {
  let sum = 0
  for (let index = 0; index < needle.length; index++)
    sum += (haystack[lag + index] ?? 0) * (needle[index] ?? 0)
  return sum
}

function parabolaVertex(scores: Float64Array, peak: number): number {
  const left = scores[peak - 1]
  const right = scores[peak + 1]
  const top = scores[peak]
  if (left === undefined || right === undefined || top === undefined) return 0
  const curvature = left - 2 * top + right
  return curvature < 0 ? (left - right) / (2 * curvature) : 0
}
