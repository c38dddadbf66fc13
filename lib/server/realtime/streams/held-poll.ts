import type { Envelope, Presence } from '#lib/protocol/envelope.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { SessionState } from '#lib/protocol/session-state.ts'
import type { Bye, PollQuery } from '#lib/protocol/stream.ts'
import type { Frame } from '../hub/frame.ts'
import type { Reader } from '../hub/reader.ts'
import type { Grant } from './authorise-stream.ts'

/** What ends a wait: something to tell; a cursor that only the log can follow on; or nobody waits any more. */
export type PollEnd =
  | { kind: 'news'; frames: readonly Frame[]; presence: Presence | undefined }
  | { kind: 'silence'; envelope: Envelope }
  | { kind: 'ask_the_log' }
  | { kind: 'refused'; code: ErrorCode }
  | { kind: 'gone' }

type Revs = { playback: number; tallies: number; dj: number }

/** A poll that waits: a reader whose news are gathered until it is answered. */
export class HeldPoll implements Reader {
  readonly way = 'long_poll'
  readonly userId: string
  readonly expiresAtInMs: number
  readonly ended: Promise<PollEnd>
  readonly #after: number
  readonly #onNews: (poll: HeldPoll) => void
  readonly #end: (end: PollEnd) => void
  #known: Revs | null
  readonly #knownHere: number | undefined
  #latest: Envelope | null = null
  #presence: Presence | undefined
  readonly #news: Frame[] = []
  /** It is to be answered as soon as there is anything. */
  #isDue = false

  constructor({ userId, expiresAtInMs }: Grant, query: PollQuery, onNews: (poll: HeldPoll) => void) {
    this.userId = userId
    this.expiresAtInMs = expiresAtInMs
    this.#after = query.after
    this.#onNews = onNews
    this.#known = query.revs ?? null
    this.#knownHere = query.here
    const { promise, resolve } = Promise.withResolvers<PollEnd>()
    this.ended = promise
    this.#end = resolve
  }

  send(frame: Frame): boolean {
    const { envelope } = frame
    const isFirst = this.#latest === null
    this.#latest = envelope
    // Behind what the hub has at hand, or ahead of what it has heard of.
    if (isFirst && (envelope.from > this.#after || envelope.to < this.#after)) {
      this.#end({ kind: 'ask_the_log' })
      return true
    }
    if (isFirst) {
      this.#known ??= revsOf(envelope.state)
      this.#presence = envelope.presence
    }
    if (this.#isNews(envelope, isFirst)) {
      this.#news.push(frame)
      this.#onNews(this)
    }
    if (this.#isDue) this.answer()
    return true
  }

  /** The poll ends with its token; it is over before long in any case. */
  renew(): void {}

  bye(bye: Bye): void {
    if (bye.reason === 'banned') this.#end({ kind: 'refused', code: 'banned' })
    else this.answer()
  }

  /** Ends the wait with what there is; with the first frame where there is none yet. */
  answer(): void {
    this.#isDue = true
    if (this.#news.length > 0) this.#end({ kind: 'news', frames: this.#news, presence: this.#presence })
    else if (this.#latest) this.#end({ kind: 'silence', envelope: this.#withPresence(this.#latest) })
  }

  /** Whoever asked has gone. */
  leave(): void {
    this.#end({ kind: 'gone' })
  }

  /** A heartbeat says nothing of who is present. */
  #withPresence(envelope: Envelope): Envelope {
    return this.#presence ? { ...envelope, presence: this.#presence } : envelope
  }

  /** Who is present comes with every first frame: only what the poller does not know is news. */
  #isNews({ to, reactions, presence, state }: Envelope, isFirst: boolean): boolean {
    if (to > this.#after || reactions) return true
    const isKnown = isFirst && (this.#knownHere ?? presence?.count) === presence?.count
    if (presence && !isKnown) return true
    const known = this.#known ?? noRevs
    const revs = revsOf(state)
    return revs.playback > known.playback || revs.tallies > known.tallies || revs.dj > known.dj
  }
}

const noRevs: Revs = { playback: -1, tallies: -1, dj: -1 }

function revsOf(state: SessionState | undefined): Revs {
  const { playback, tallies, dj } = state ?? {}
  return { playback: playback?.rev ?? -1, tallies: tallies?.rev ?? -1, dj: dj?.rev ?? -1 }
}
