import { findBest } from './correlate.ts'

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
  /** At first, or when it was lost, so much sound is looked for: one beat of a song is like another, two bars are not. */
  longNeedleInMs: 1_500,
  /** It is looked for so far to both sides. */
  wideInMs: 600,
  /** And so far around where the last one was found. */
  narrowInMs: 40,
  /** Below it the two blocks are not the same sound. */
  scoreMin: 0.7,
  silenceBelowInDb: -55,
}

/** How much later the same sound comes in `second` than in `first`, block by block. */
export function offsetsBetween(first: Recording, second: Recording, stepInMs = 250): Offset[] {
  const { sampleRate } = first
  if (second.sampleRate !== sampleRate) throw new Error('the recordings differ in their sample rate')
  const needleLength = Math.round((options.needleInMs * sampleRate) / 1_000)
  const longNeedleLength = Math.round((options.longNeedleInMs * sampleRate) / 1_000)
  const step = Math.round((stepInMs * sampleRate) / 1_000)
  const toLags = (ms: number) => (ms * sampleRate) / 1_000
  const offsets: Offset[] = []
  let lastInMs: number | null = null

  for (let index = 0; index + needleLength <= first.samples.length; index += step) {
    const needle = first.samples.subarray(index, index + needleLength)
    if (energyInDb(needle) < options.silenceBelowInDb) continue
    const atInMs = timeOf(first, index)
    const expected = indexOf(second, atInMs)
    const around = (centerInMs: number, spreadInMs: number, sound = needle): number | null => {
      const [from, to] = [
        expected + toLags(centerInMs - spreadInMs),
        expected + toLags(centerInMs + spreadInMs),
      ]
      // Where part of the search lies outside the recording, the best that is left may be a beat too early or too late.
      if (from < 0 || to + sound.length > second.samples.length) return null
      const match = findBest(second.samples, sound, from, to)
      return match && match.score >= options.scoreMin ? timeOf(second, match.lag) - atInMs : null
    }
    const look = (): number | null =>
      index + longNeedleLength > first.samples.length
        ? null
        : around(0, options.wideInMs, first.samples.subarray(index, index + longNeedleLength))
    const follow = (nearInMs: number | null) =>
      nearInMs === null ? null : around(nearInMs, options.narrowInMs)
    lastInMs = follow(lastInMs) ?? follow(look())
    if (lastInMs !== null) offsets.push({ atInMs, offsetInMs: lastInMs })
  }
  return offsets
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
