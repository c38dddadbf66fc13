/**
 * The timeline says which track is at which position at which server time. Pure: the caller brings the time.
 * Instants are server time in milliseconds since the Unix epoch, positions are milliseconds into a track's music
 * (the silent pre-roll in front of it does not count).
 */

/** A queue item that has a place on the timeline. */
export type Slot = {
  itemId: string
  trackId: string
  durationInMs: number
  /** How long its beginning fades in over the end of the slot before it. */
  fadeInMs?: number
  /** How often a loop has led back in it so far: every pass has a deck of its own. */
  pass?: number
}

/** A slot whose position 0 sounds, or would have sounded, at `startsAtInMs`. */
export type ScheduledSlot = Slot & { startsAtInMs: number }

/** A part of the current track that is repeated: positions. */
export type LoopRegion = { startInMs: number; endInMs: number }

/** A loop under way. At the instant `jumpsAtInMs` the music is back at its start, and again after every length of it. */
export type Loop = LoopRegion & { jumpsAtInMs: number }

export type Timeline =
  | { status: 'idle'; rev: number }
  | {
      status: 'paused'
      rev: number
      current: Slot
      positionInMs: number
      /** The committed instant at which everybody stops, at `positionInMs`; absent where it is long past. */
      pausedAtInMs?: number
      loop?: LoopRegion
    }
  | {
      status: 'playing'
      rev: number
      current: ScheduledSlot
      /** Takes over at its start. Where it fades in, or starts early, the current slot ends with the fade. */
      next: ScheduledSlot | null
      /** A track that loops has no end, and nothing is committed to follow. */
      loop?: Loop
    }

/** What should be heard at one instant. A negative position means that the start is still ahead. */
export type Cue = { slot: Slot; positionInMs: number }

/**
 * What should be heard at `nowInMs`; null in silence. A committed next slot takes over by itself at its start, so that
 * nobody needs a message at the moment of the change; so does every pass of a loop.
 */
export function cueAt(timeline: Timeline, nowInMs: number): Cue | null {
  if (timeline.status === 'idle') return null
  if (timeline.status === 'paused') {
    const { current, positionInMs, pausedAtInMs = nowInMs } = timeline
    return { slot: current, positionInMs: positionInMs - Math.max(0, pausedAtInMs - nowInMs) }
  }
  const { current, next, loop } = timeline
  if (loop) {
    const slot = passAt(current, loop, passesAt(loop, nowInMs))
    return { slot, positionInMs: nowInMs - slot.startsAtInMs }
  }
  const slot = next && nowInMs >= next.startsAtInMs ? next : current
  const positionInMs = nowInMs - slot.startsAtInMs
  return positionInMs < slot.durationInMs ? { slot, positionInMs } : null
}

/** When the current slot ends, and a next one becomes the current; null unless playing, and in a loop. */
export function currentEndsAtInMs(timeline: Timeline): number | null {
  if (timeline.status !== 'playing' || timeline.loop) return null
  const { current, next } = timeline
  const endsAtInMs = current.startsAtInMs + current.durationInMs
  return next ? Math.min(endsAtInMs, next.startsAtInMs + (next.fadeInMs ?? 0)) : endsAtInMs
}

/** How often a loop has led back at an instant. */
export function passesAt({ startInMs, endInMs, jumpsAtInMs }: Loop, nowInMs: number): number {
  if (nowInMs < jumpsAtInMs) return 0
  return 1 + Math.floor((nowInMs - jumpsAtInMs) / (endInMs - startInMs))
}

/** The current slot as it lies after the loop has led back `passes` times. */
export function passAt(current: ScheduledSlot, loop: Loop, passes: number): ScheduledSlot {
  if (passes === 0) return current
  const { startInMs, endInMs, jumpsAtInMs } = loop
  const beginsAtInMs = jumpsAtInMs + (passes - 1) * (endInMs - startInMs)
  const { fadeInMs: _, ...slot } = current
  return { ...slot, startsAtInMs: beginsAtInMs - startInMs, pass: (current.pass ?? 0) + passes }
}

/** The newer of two timelines: the latest `rev` wins, whatever the order of arrival. */
export function newerTimeline(known: Timeline, incoming: Timeline): Timeline {
  return incoming.rev > known.rev ? incoming : known
}
