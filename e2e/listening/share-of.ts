import { findBest } from './correlate.ts'
import { type Recording, timeOf } from './offsets.ts'

const blockInMs = 100
/**
 * Around where the song was last. A busy machine loses parts of a recording; in so short a stretch of another sound
 * nothing resembles a block by more than 0.3.
 */
const toleranceInMs = 150
/** A block that resembles the song this much says where it is. */
const sureScore = 0.6
/** Alone and unmistakable: by such a block the rest is known. Between two samples the best score is a little below 1. */
const alone = { scoreMin: 0.75, timesItsRival: 2, everyInMs: 500 }

/**
 * How much of what was heard is a song that is known: 1 where it is all there is, 0.7 where it has half of the power, 0
 * where it is not. It must be heard alone for a moment, and may not repeat itself.
 * @param song as the tap hears it (`thinOut`)
 */
export function shareOf(
  song: Float32Array,
  recording: Recording,
  stepInMs = 100,
): { atInMs: number; share: number }[] {
  const { samples, sampleRate } = recording
  const toSamples = (ms: number) => Math.round((ms * sampleRate) / 1_000)
  const block = toSamples(blockInMs)
  const blocks = (everyInMs: number) =>
    Array.from(
      { length: Math.floor((samples.length - block) / toSamples(everyInMs)) },
      (_, index) => index * toSamples(everyInMs),
    )

  /** Where in the song the recording begins, in samples. */
  function findStart(): number | null {
    for (const index of blocks(alone.everyInMs)) {
      const match = findBest(song, samples.subarray(index, index + block), 0, song.length)
      if (!match || match.score < alone.scoreMin) continue
      if (match.score > alone.timesItsRival * match.rivalScore) return match.lag - index
    }
    return null
  }

  const start = findStart()
  if (start === null) return []
  const reach = toSamples(toleranceInMs)
  let offset = start
  return blocks(stepInMs).map((index) => {
    const needle = samples.subarray(index, index + block)
    const match = findBest(song, needle, offset + index - reach, offset + index + reach)
    if (match && match.score > sureScore) offset = match.lag - index
    return { atInMs: timeOf(recording, index), share: match?.score ?? 0 }
  })
}
