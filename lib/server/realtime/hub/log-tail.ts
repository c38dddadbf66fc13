import type { Envelope } from '#lib/protocol/envelope.ts'
import type { SessionEvent } from '#lib/protocol/events.ts'
import type { SessionState } from '#lib/protocol/session-state.ts'
import { EventRing, ringSize } from './event-ring.ts'
import { newerParts } from './merge-state.ts'

/** What an envelope brought that was not known: events that follow without a gap, and newer parts of the state. */
export type News = { events: readonly SessionEvent[]; state: SessionState }

/**
 * One log as far as it is known here. Envelopes may come in any order, twice or never; events become known in order
 * and without a gap, and what lies beyond a gap waits.
 */
export class LogTail {
  /** Null until the log was read for the first time. */
  epoch: string | null = null
  state: SessionState = {}
  /** The highest `seq` heard of. */
  announced = 0
  #ring = new EventRing()
  #beyondGap = new Map<number, SessionEvent>()

  /** The newest event that is known without a gap. */
  get seq(): number {
    return this.#ring.seq
  }

  get isBehind(): boolean {
    return this.announced > this.seq
  }

  /** Takes an envelope of this epoch. */
  take(envelope: Envelope): News {
    const events: SessionEvent[] = []
    for (const event of envelope.items) {
      if (event.seq === this.seq + 1) {
        this.#ring.push(event)
        events.push(event)
      } else if (event.seq > this.seq && this.#beyondGap.size < ringSize) {
        this.#beyondGap.set(event.seq, event)
      }
    }
    this.#closeGap(events)
    this.announced = Math.max(this.announced, envelope.to)
    const state = envelope.state ? newerParts(this.state, envelope.state) : {}
    this.state = { ...this.state, ...state }
    return { events, state }
  }

  /** Begins with what the log says, and forgets the rest. */
  restart(envelope: Envelope): void {
    this.epoch = envelope.epoch
    this.state = envelope.state ?? {}
    this.announced = envelope.to
    this.#ring.restart(envelope.to, envelope.items)
    this.#beyondGap.clear()
  }

  /** The log has been read to its end: what was announced up to then and is not in it, does not exist. */
  disbelieve(announced: number): void {
    if (this.announced > announced) return
    this.announced = this.seq
    this.#beyondGap.clear()
  }

  /** The events after a cursor, null where they are not at hand. */
  after(cursor: number): readonly SessionEvent[] | null {
    return this.#ring.after(cursor)
  }

  #closeGap(events: SessionEvent[]): void {
    if (this.#beyondGap.size === 0) return
    for (
      let next = this.#beyondGap.get(this.seq + 1);
      next !== undefined;
      next = this.#beyondGap.get(this.seq + 1)
    ) {
      this.#ring.push(next)
      events.push(next)
    }
    for (const seq of this.#beyondGap.keys()) if (seq <= this.seq) this.#beyondGap.delete(seq)
  }
}
