import type { Reading } from '../../../e2e/listening/locate.ts'
import { type Happening, type Stretch, stretchesOf } from './happenings.ts'

/** One listener's part in a round. */
export type Listener = { name: string; readings: readonly Reading[]; happenings: readonly Happening[] }

/** A stretch with the instant from which it was in sync, null if never. */
export type Synced = Stretch & { syncedAtInMs: number | null }

/** In sync: nearer than this to the room, held for so long. */
const inSyncBelowInMs = 20
const heldForInMs = 1_000
/** The block around a reading began so much earlier. */
const halfBlockInMs = 50

/** Nothing happened for so long: what is heard now is the controller's steady work. */
const undisturbedForInMs = 5_000

/**
 * When each stretch came into sync: within 20 ms of where the room is, for a second without a break. The room is
 * `biasInMs` ahead of the timeline: outputs have a latency, which is the same for all.
 */
export function syncedStretches(
  { readings, happenings }: Listener,
  biasInMs: number,
  endInMs: number,
): Synced[] {
  return stretchesOf(happenings, endInMs).map((stretch) => {
    const during = readings.filter(({ atInMs }) => atInMs >= stretch.fromInMs && atInMs < stretch.untilInMs)
    let sinceInMs: number | null = null
    for (const reading of during) {
      const isIn = reading.kind === 'heard' && Math.abs(reading.aheadInMs - biasInMs) < inSyncBelowInMs
      sinceInMs = isIn ? (sinceInMs ?? reading.atInMs) : null
      if (sinceInMs !== null && reading.atInMs - sinceInMs >= heldForInMs) {
        return { ...stretch, syncedAtInMs: Math.max(stretch.fromInMs, sinceInMs - halfBlockInMs) }
      }
    }
    return { ...stretch, syncedAtInMs: null }
  })
}

/** The times from a listener's first moment in sync to their leaving, through everything that the DJ does meanwhile. */
export function acquiredTimes(stretches: readonly Synced[]): { fromInMs: number; untilInMs: number }[] {
  let isAcquired = false
  return stretches.flatMap(({ isEntrance, syncedAtInMs, fromInMs, untilInMs }) => {
    if (isAcquired && !isEntrance) return [{ fromInMs, untilInMs }]
    isAcquired = syncedAtInMs !== null
    return syncedAtInMs === null ? [] : [{ fromInMs: syncedAtInMs, untilInMs }]
  })
}

/** Whether nothing has happened to a listener for a while. */
export function isUndisturbed({ happenings }: Listener, atInMs: number): boolean {
  const last = happenings.filter((happening) => happening.atInMs <= atInMs).at(-1)
  return last !== undefined && atInMs - last.atInMs >= undisturbedForInMs
}

/** How far ahead of the timeline the whole room is: its latency, with the sign turned. */
export function biasOf(listeners: readonly Listener[]): number {
  const errors = listeners.flatMap((listener) =>
    listener.readings.flatMap((reading) =>
      reading.kind === 'heard' && Math.abs(reading.aheadInMs) < 150 && isUndisturbed(listener, reading.atInMs)
        ? [reading.aheadInMs]
        : [],
    ),
  )
  return errors.sort((a, b) => a - b)[errors.length >> 1] ?? 0
}
