/** Where a needle lies in a haystack: `lag` in samples (with fractions), `score` from -1 to 1. */
export type Match = { lag: number; score: number }

/** A window this much weaker than the needle (30 dB) cannot be the same sound; it is not compared. */
const weakest = 1e-3

/**
 * Finds the lag in [fromLag, toLag] at which the haystack resembles the needle most, by normalised cross-correlation:
 * first at every second lag and sample, then around the best in full, and the peak is refined by a parabola. The sound
 * must be low-passed below a quarter of its Nyquist frequency or so. Null when nothing there is loud enough.
 */
export function findBest(
  haystack: Float32Array,
  needle: Float32Array,
  fromLag: number,
  toLag: number,
): Match | null {
  const first = Math.max(0, Math.ceil(fromLag))
  const last = Math.min(haystack.length - needle.length, Math.floor(toLag))
  const coarse = scan(haystack, needle, first, last, 2)
  if (!coarse) return null
  const fine = scan(haystack, needle, Math.max(first, coarse.lag - 3), Math.min(last, coarse.lag + 3), 1)
  if (!fine) return null
  return { lag: fine.lag + parabolaVertex(fine.before, fine.score, fine.after), score: fine.score }
}

/** The best lag when only every `stride`th lag and sample counts, and the scores next to it. */
function scan(haystack: Float32Array, needle: Float32Array, first: number, last: number, stride: number) {
  let needleEnergy = 0
  for (let index = 0; index < needle.length; index += stride) needleEnergy += square(needle[index])
  if (needleEnergy === 0) return null

  let best: { lag: number; score: number; before: number; after: number } | null = null
  let previous = 0
  for (let lag = first; lag <= last; lag += stride) {
    let product = 0
    let energy = 0
    for (let index = 0; index < needle.length; index += stride) {
      const sample = haystack[lag + index] ?? 0
      product += sample * (needle[index] ?? 0)
      energy += sample * sample
    }
    const score = energy > weakest * needleEnergy ? product / Math.sqrt(energy * needleEnergy) : 0
    if (best && best.lag === lag - stride) best.after = score
    if (score > 0 && score > (best?.score ?? 0)) best = { lag, score, before: previous, after: 0 }
    previous = score
  }
  return best
}

const square = (value = 0) => value * value

function parabolaVertex(left: number, top: number, right: number): number {
  const curvature = left - 2 * top + right
  return left && right && curvature < 0 ? (left - right) / (2 * curvature) : 0
}
