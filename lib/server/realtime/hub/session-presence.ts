import type { Presence } from '#lib/protocol/envelope.ts'
import { type HubEntry, namedReadersMax, type PresenceEntry } from '#lib/protocol/presence.ts'
import { Lingering } from './lingering.ts'
import { isSamePresence, unionOfPresence } from './presence-union.ts'
import type { Reader } from './reader.ts'
import type { Seats } from './seats.ts'

const quietestInMs = 3_000
const briskestInMs = 250
/** Until somebody who left is gone: a stream that moves on takes moments, a poller may have to queue. */
const lingerInMs = { sse: 3_000, long_poll: 10_000 } as const
/** What others say is believed for so long after the upstream was lost. */
const staleAfterInMs = 30_000
/** Realtime ends a channel that tracks more than five times in 30 s (its `client_presence_rate_limit`). */
const trackGapInMs = 7_000

export type SessionPresenceDeps = {
  instance: string
  seats: Seats
  now: () => number
  /** The union changed. */
  onChange: () => void
  track: (entry: HubEntry) => void
}

/**
 * Who is connected to one session. Published, to the readers and to the other hubs, at most once in as many
 * milliseconds as there are people, so that ten thousand arrivals do not make ten thousand messages.
 */
export class SessionPresence {
  current: Presence = { count: 0, userIds: [] }
  readonly #deps: SessionPresenceDeps
  readonly #lingering = new Lingering()
  #entries: readonly PresenceEntry[] = []
  /** Who stands in `#entries`, or lingers, but gives no sign of life. */
  #silent: ReadonlySet<string> = new Set()
  #upstreamLostAtInMs: number | null = null
  #tracked: Presence = { count: 0, userIds: [] }
  #trackedAtInMs = 0
  #publishedAtInMs = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #trackTimer: ReturnType<typeof setTimeout> | undefined

  constructor(deps: SessionPresenceDeps) {
    this.#deps = deps
  }

  arrived(userId: string): void {
    this.#lingering.remove(userId)
    this.#changed()
  }

  left(userId: string, way: Reader['way'] | null): void {
    if (way) this.#lingering.add(userId, this.#deps.now() + lingerInMs[way])
    else this.#changed()
  }

  heard(entries: readonly PresenceEntry[]): void {
    this.#entries = entries
    this.#changed()
  }

  takeForSilent(userIds: readonly string[]): void {
    for (const userId of userIds) this.#lingering.remove(userId)
    if (userIds.length === this.#silent.size && userIds.every((userId) => this.#silent.has(userId))) return
    this.#silent = new Set(userIds)
    this.#changed()
  }

  upstreamChanged(isOpen: boolean): void {
    if (isOpen) this.#upstreamLostAtInMs = null
    else this.#upstreamLostAtInMs ??= this.#deps.now()
  }

  sweep(nowInMs: number): void {
    const lostAtInMs = this.#upstreamLostAtInMs
    if (lostAtInMs !== null && nowInMs - lostAtInMs > staleAfterInMs && this.#entries.length > 0) {
      this.heard([])
    }
    if (this.#lingering.sweep(nowInMs)) this.#changed()
  }

  close(): void {
    clearTimeout(this.#timer)
    clearTimeout(this.#trackTimer)
  }

  #changed(): void {
    if (this.#timer) return
    const gapInMs = Math.min(quietestInMs, Math.max(briskestInMs, this.current.count))
    const delayInMs = this.#publishedAtInMs + gapInMs - this.#deps.now()
    if (delayInMs <= 0) {
      this.#publish()
      return
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#publish()
    }, delayInMs)
  }

  #publish(): void {
    this.#publishedAtInMs = this.#deps.now()
    const union = unionOfPresence(this.#here(), this.#entries, this.#silent, this.#deps.instance)
    if (!isSamePresence(this.current, union)) {
      this.current = union
      this.#deps.onChange()
    }
    this.#track()
  }

  /** Tells the other hubs, and the clients on Realtime itself, who reads here. */
  #track(): void {
    if (this.#trackTimer) return
    const here = this.#here()
    const own = { count: here.size, userIds: firstOf(here.keys(), namedReadersMax) }
    if (isSamePresence(this.#tracked, own)) return
    const delayInMs = this.#trackedAtInMs + trackGapInMs - this.#deps.now()
    if (delayInMs > 0) {
      this.#trackTimer = setTimeout(() => {
        this.#trackTimer = undefined
        this.#track()
      }, delayInMs)
      return
    }
    this.#trackedAtInMs = this.#deps.now()
    this.#tracked = own
    this.#deps.track({ instance: this.#deps.instance, ...own })
  }

  #here() {
    return peopleOf(this.#deps.seats.people, this.#lingering.userIds)
  }
}

/** Those who have a seat, and those who just left; nobody is in both. */
function peopleOf(seated: ReadonlyMap<string, unknown>, lingering: ReadonlyMap<string, unknown>) {
  return {
    size: seated.size + lingering.size,
    has: (userId: string) => seated.has(userId) || lingering.has(userId),
    *keys() {
      yield* seated.keys()
      yield* lingering.keys()
    },
  }
}

function firstOf(userIds: Iterable<string>, max: number): string[] {
  const first: string[] = []
  for (const userId of userIds) {
    if (first.push(userId) === max) break
  }
  return first
}
