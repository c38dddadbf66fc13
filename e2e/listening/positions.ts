import { findBest } from './correlate.ts'
import { type Recording, timeOf } from './offsets.ts'

const blockInMs = 100
/** A block that was played at a rate a little beside 1 resembles the song less. */
const scoreMin = 0.6

/** At `atInMs`, what is at `positionInMs` of the song was heard. */
export type Position = { atInMs: number; positionInMs: number }

/**
 * Where a recording is in a song that is known and never repeats itself; blocks that are not found in it are left out.
 * @param song as the tap hears it (`thinOut`)
 */
export function positionsIn(song: Float32Array, recording: Recording, stepInMs = 250): Position[] {
  const { samples, sampleRate } = recording
  const perMs = sampleRate / 1_000
  const length = blockInMs * perMs
  const positions: Position[] = []
  for (let index = 0; index + length <= samples.length; index += stepInMs * perMs) {
    const match = findBest(song, samples.subarray(index, index + length), 0, song.length - length)
    if (!match || match.score < scoreMin) continue
    positions.push({ atInMs: timeOf(recording, index), positionInMs: match.lag / perMs })
  }
  return positions
}
