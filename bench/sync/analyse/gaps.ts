import type { Expected } from '../../../e2e/listening/locate.ts'
import { energyInDb, indexOf, type Recording, timeOf } from '../../../e2e/listening/offsets.ts'

export type Gap = { fromInMs: number; durationInMs: number }

const windowInMs = 10
const quietBelowInDb = -55
const loudAboveInDb = -45
/** Shorter holes are glitches, and found by the phase of a tone. */
const gapFromInMs = 30
/** Nobody is exactly where they should be: music that begins or ends near by excuses a silence. */
const excusedWithinInMs = 60

/** The times within [fromInMs, untilInMs) in which nothing was heard although music should have been. */
export function gapsIn(recording: Recording, expected: Expected, fromInMs: number, untilInMs: number): Gap[] {
  const gaps: Gap[] = []
  let openAtInMs: number | null = null
  const close = (atInMs: number) => {
    if (openAtInMs !== null && atInMs - openAtInMs >= gapFromInMs)
      gaps.push({ fromInMs: openAtInMs, durationInMs: atInMs - openAtInMs })
    openAtInMs = null
  }
  const lastInMs = Math.min(untilInMs, timeOf(recording, recording.samples.length)) - windowInMs
  for (let atInMs = Math.max(fromInMs, timeOf(recording, 0)); atInMs <= lastInMs; atInMs += windowInMs) {
    const from = Math.round(indexOf(recording, atInMs))
    const heard = energyInDb(
      recording.samples.subarray(from, from + (windowInMs * recording.sampleRate) / 1_000),
    )
    if (heard < quietBelowInDb && isMusicAround(expected, atInMs)) openAtInMs ??= atInMs
    else close(atInMs)
  }
  close(lastInMs)
  return gaps
}

function isMusicAround(expected: Expected, atInMs: number): boolean {
  const from = Math.round(atInMs - excusedWithinInMs)
  const sound = expected(from, (2 * excusedWithinInMs + windowInMs) * 8)
  for (let index = 0; index + windowInMs * 8 <= sound.length; index += windowInMs * 8) {
    if (energyInDb(sound.subarray(index, index + windowInMs * 8)) < loudAboveInDb) return false
  }
  return true
}
