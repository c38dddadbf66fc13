/**
 * The timeline says which track is at which position at which server time. Pure: the caller brings the time.
 * Instants are server time in milliseconds since the Unix epoch, positions are milliseconds into a track's music
 * (the silent pre-roll in front of it does not count).
 */

/** A queue item that has a place on the timeline. */
export type Slot = { itemId: string; trackId: string; durationInMs: number }

/** A slot whose position 0 sounds, or would have sounded, at `startsAtInMs`. */
export type ScheduledSlot = Slot & { startsAtInMs: number }

export type Timeline =
  | { status: 'idle'; rev: number }
  | { status: 'paused'; rev: number; current: Slot; positionInMs: number }
  | { status: 'playing'; rev: number; current: ScheduledSlot; next: ScheduledSlot | null }

/** What should be heard at one instant. A negative position means that the start is still ahead. */
export type Cue = { slot: Slot; positionInMs: number }

/**
 * What should be heard at `nowInMs`; null in silence. A committed next slot takes over by itself at its start, so that
 * nobody needs a message at the moment of the change.
 */
export function cueAt(timeline: Timeline, nowInMs: number): Cue | null {
  if (timeline.status === 'idle') return null
  if (timeline.status === 'paused') return { slot: timeline.current, positionInMs: timeline.positionInMs }
  const { current, next } = timeline
  const slot = next && nowInMs >= next.startsAtInMs ? next : current
  const positionInMs = nowInMs - slot.startsAtInMs
  return positionInMs < slot.durationInMs ? { slot, positionInMs } : null
}

/** When the current slot ends; null unless playing. */
export function currentEndsAtInMs(timeline: Timeline): number | null {
  if (timeline.status !== 'playing') return null
  return timeline.current.startsAtInMs + timeline.current.durationInMs
}

/** The newer of two timelines: the latest `rev` wins, whatever the order of arrival. */
export function newerTimeline(known: Timeline, incoming: Timeline): Timeline {
  return incoming.rev > known.rev ? incoming : known
}
