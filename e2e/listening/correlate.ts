/** Where a needle lies in a haystack. */
export type Match = {
  /** In samples, with fractions. */
  lag: number
  /** From -1 to 1. */
  score: number
  /**
   * The score of the best place that is another one. A needle that lies in only one place has a rival far below it;
   * one that is nearly as good says that the match may be a chance, or a beat too early.
   */
  rivalScore: number
}

/** A window this much weaker than the needle (30 dB) cannot be the same sound; it is not compared. */
const weakest = 1e-3

/** Nearer to the best lag, in samples, the same peak is still seen. */
const rivalFromInSamples = 10

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
  if (last < first) return null
  const coarse = scan(haystack, needle, first, last, 2)
  const top = highest(coarse)
  if (top === null) return null
  const fineFrom = Math.max(first, top.lag - 3)
  const fine = scan(haystack, needle, fineFrom, Math.min(last, top.lag + 3), 1)
  const best = highest(fine)
  if (best === null) return null
  const at = best.lag - fineFrom
  const bend = parabolaVertex(fine.scores[at - 1] ?? 0, best.score, fine.scores[at + 1] ?? 0)
  const rival = highest(coarse, (lag) => Math.abs(lag - best.lag) >= rivalFromInSamples)
  return { lag: best.lag + bend, score: best.score, rivalScore: rival?.score ?? 0 }
}

type Scan = { first: number; stride: number; scores: Float32Array }

/** The scores of every `stride`th lag, by every `stride`th sample. */
export function scan(
  haystack: Float32Array,
  needle: Float32Array,
  first: number,
  last: number,
  stride: number,
): Scan {
  const scores = new Float32Array(Math.floor((last - first) / stride) + 1)
  let needleEnergy = 0
  for (let index = 0; index < needle.length; index += stride) needleEnergy += square(needle[index])
  if (needleEnergy === 0) return { first, stride, scores }

  for (let at = 0; at < scores.length; at++) {
    const lag = first + at * stride
    let product = 0
    let energy = 0
    for (let index = 0; index < needle.length; index += stride) {
      const sample = haystack[lag + index] ?? 0
      product += sample * (needle[index] ?? 0)
      energy += sample * sample
    }
    if (energy > weakest * needleEnergy) scores[at] = product / Math.sqrt(energy * needleEnergy)
  }
  return { first, stride, scores }
}

function highest({ first, stride, scores }: Scan, isWanted: (lag: number) => boolean = () => true) {
  let best: { lag: number; score: number } | null = null
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at] ?? 0
    const lag = first + at * stride
    if (score > (best?.score ?? 0) && isWanted(lag)) best = { lag, score }
  }
  return best
}

const square = (value = 0) => value * value

function parabolaVertex(left: number, top: number, right: number): number {
  const curvature = left - 2 * top + right
  return left && right && curvature < 0 ? (left - right) / (2 * curvature) : 0
}
