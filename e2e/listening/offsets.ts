import { findBest } from './correlate.ts'
import { findStretch, type StretchMatch } from './find-stretch.ts'

/** Sound with a place in time: what an ear recorded, or a source that is known to start at an instant. */
export type Recording = {
  samples: Float32Array
  sampleRate: number
  /**
   * Pairs of sample index and epoch milliseconds, rising; between them time is interpolated, outside extrapolated
   * at `sampleRate`.
   */
  anchors: readonly { index: number; atInMs: number }[]
}

/** One comparison: at `atInMs`, the second recording was this much later than the first (negative: earlier). */
export type Offset = { atInMs: number; offsetInMs: number }

export type OffsetSummary = { count: number; p50InMs: number; p95InMs: number; maxInMs: number }

const options = {
  needleInMs: 200,
  /** At first, or when it was lost, so many needles in a row are looked for: one beat of a song is like another. */
  needlesAtFirst: 7,
  /** The best place is taken when the next best is this much worse: the starter tracks resemble themselves a beat later. */
  rivalMax: 0.9,
  /** Further than this a healthy player does not waver within those needles. */
  waveringInMs: 3,
  /** It is looked for so far to both sides. */
  wideInMs: 600,
  /** And so far around where the last one was found. */
  narrowInMs: 40,
  /** Below it the two blocks are not the same sound. */
  scoreMin: 0.7,
  /**
   * And below it no place is the right one, even one that has no rival: noise is like itself in one place alone, and there
   * only by so much while one of the players bends it back into time.
   */
  lonelyScoreMin: 0.4,
  lonelyRivalMax: 0.5,
  silenceBelowInDb: -55,
}

/** How much later the same sound comes in `second` than in `first`, block by block. */
export function offsetsBetween(first: Recording, second: Recording, stepInMs = 250): Offset[] {
  const { sampleRate } = first
  if (second.sampleRate !== sampleRate) throw new Error('the recordings differ in their sample rate')
  const toSamples = (ms: number) => Math.round((ms * sampleRate) / 1_000)
  const needleLength = toSamples(options.needleInMs)
  const offsets: Offset[] = []
  let lastInMs: number | null = null

  for (let index = 0; index + needleLength <= first.samples.length; index += toSamples(stepInMs)) {
    const needle = first.samples.subarray(index, index + needleLength)
    if (energyInDb(needle) < options.silenceBelowInDb) continue
    const atInMs = timeOf(first, index)
    const expected = indexOf(second, atInMs)
    const range = (centerInMs: number, spreadInMs: number) =>
      [expected + toSamples(centerInMs - spreadInMs), expected + toSamples(centerInMs + spreadInMs)] as const

    const look = (): number | null => {
      if (index + options.needlesAtFirst * needleLength > first.samples.length) return null
      const needles = needlesFrom(first.samples, index, needleLength)
      const wavering = toSamples(options.waveringInMs)
      const match = findStretch(second.samples, needles, ...range(0, options.wideInMs), wavering)
      return match && isClear(match) ? timeOf(second, match.lag) - atInMs : null
    }
    const follow = (nearInMs: number | null): number | null => {
      if (nearInMs === null) return null
      const match = findBest(second.samples, needle, ...range(nearInMs, options.narrowInMs))
      return match && match.score >= options.scoreMin ? timeOf(second, match.lag) - atInMs : null
    }
    let offsetInMs = follow(lastInMs)
    if (offsetInMs === null) {
      // A block may be spoilt although its place is known; the next one is looked for there again.
      const foundInMs = look()
      offsetInMs = follow(foundInMs)
      lastInMs = foundInMs ?? lastInMs
    }
    if (offsetInMs === null) continue
    lastInMs = offsetInMs
    offsets.push({ atInMs, offsetInMs })
  }
  return offsets
}

function isClear({ score, rivalScore }: StretchMatch): boolean {
  const isLonely = score >= options.lonelyScoreMin && rivalScore <= options.lonelyRivalMax * score
  return isLonely || (score >= options.scoreMin && rivalScore <= options.rivalMax * score)
}

function needlesFrom(samples: Float32Array, index: number, length: number) {
  return Array.from({ length: options.needlesAtFirst }, (_, number) => {
    const at = number * length
    return { at, sound: samples.subarray(index + at, index + at + length) }
  })
}

/** The offsets of every pair of recordings. */
export function pairwiseOffsets(recordings: readonly Recording[], stepInMs = 250): Offset[] {
  return recordings.flatMap((first, index) =>
    recordings.slice(index + 1).flatMap((second) => offsetsBetween(first, second, stepInMs)),
  )
}

/** The median, the 95th percentile and the largest of the absolute offsets. */
export function summarise(offsets: readonly Offset[]): OffsetSummary {
  const sorted = offsets.map(({ offsetInMs }) => Math.abs(offsetInMs)).sort((a, b) => a - b)
  const percentile = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN
  return { count: sorted.length, p50InMs: percentile(0.5), p95InMs: percentile(0.95), maxInMs: percentile(1) }
}

/** Root mean square in decibels below full scale; -Infinity for digital silence. */
export function energyInDb(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return 10 * Math.log10(sum / Math.max(1, samples.length))
}

/** The instant of a sample. */
export function timeOf({ anchors, sampleRate }: Recording, index: number): number {
  const { before, after } = neighbours(anchors, (anchor) => anchor.index <= index)
  if (!after) return before.atInMs + ((index - before.index) * 1_000) / sampleRate
  return (
    before.atInMs + ((index - before.index) / (after.index - before.index)) * (after.atInMs - before.atInMs)
  )
}

/** The sample that sounded at an instant, with fractions. */
export function indexOf({ anchors, sampleRate }: Recording, atInMs: number): number {
  const { before, after } = neighbours(anchors, (anchor) => anchor.atInMs <= atInMs)
  if (!after) return before.index + ((atInMs - before.atInMs) * sampleRate) / 1_000
  return (
    before.index + ((atInMs - before.atInMs) / (after.atInMs - before.atInMs)) * (after.index - before.index)
  )
}

type Anchor = Recording['anchors'][number]

function neighbours(
  anchors: readonly Anchor[],
  isBefore: (anchor: Anchor) => boolean,
): { before: Anchor; after: Anchor | undefined } {
  const next = anchors.findIndex((anchor) => !isBefore(anchor))
  if (next === 0) return { before: anchors[0] as Anchor, after: undefined }
  const before = anchors.at(next === -1 ? -1 : next - 1)
  if (!before) throw new Error('a recording without anchors has no place in time')
  return { before, after: next === -1 ? undefined : anchors[next] }
}
