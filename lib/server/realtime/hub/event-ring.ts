import type { SessionEvent } from '#lib/protocol/events.ts'

/** At least as many of the newest events are kept, so that a reader who was away for a moment need not ask the database. */
export const ringSize = 500

/** The newest events of one log, without a gap, up to `seq`. */
export class EventRing {
  seq = 0
  #events: SessionEvent[] = []

  /** Takes the event that follows. */
  push(event: SessionEvent): void {
    this.#events.push(event)
    this.seq = event.seq
    // Cut in half now and then: cheaper than a shift each time.
    if (this.#events.length >= 2 * ringSize) this.#events = this.#events.slice(-ringSize)
  }

  /** Begins anew with events that end at `seq`. */
  restart(seq: number, events: readonly SessionEvent[]): void {
    this.seq = seq
    this.#events = events.slice(-ringSize)
  }

  /** The events after a cursor; null where that is further back than the ring, or ahead of it. */
  after(cursor: number): readonly SessionEvent[] | null {
    const count = this.seq - cursor
    if (count < 0 || count > this.#events.length) return null
    return count === 0 ? [] : this.#events.slice(-count)
  }
}
