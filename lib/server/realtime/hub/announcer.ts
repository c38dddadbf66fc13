import type { Envelope, Presence } from '#lib/protocol/envelope.ts'
import type { SessionState } from '#lib/protocol/session-state.ts'
import { streamHeartbeatInMs } from '#lib/protocol/stream.ts'
import { encodeFrame } from './encode-frame.ts'
import { type FanOutResult, fanOut } from './fan-out.ts'
import type { Frame } from './frame.ts'
import type { HubMeter } from './hub-meter.ts'
import type { LogTail } from './log-tail.ts'
import { hasParts } from './merge-state.ts'
import { Pending } from './pending.ts'
import type { Seat } from './seat.ts'

/** Between the end of one fan-out and the next: at least this, and half of what the last one took. */
const gapMinInMs = 20
const lazyMaxInMs = 1_000
const sharedFramesMax = 32

export type AnnouncerDeps = {
  sessionId: string
  tail: LogTail
  seats: ReadonlySet<Seat>
  presence: { readonly current: Presence }
  meter: HubMeter
  now: () => number
}

/**
 * Tells the readers what is new. Events and playback leave at once, or as soon as the last frame is out; votes,
 * reactions and presence wait a moment for company. What waits together becomes one frame.
 */
export class Announcer {
  readonly #deps: AnnouncerDeps
  #pending = new Pending()
  /** The `seq` up to which everybody who has room was told. */
  #toldTo = 0
  #frameNumber = 0
  /** A frame is about to leave, or on its way to everybody. */
  #isBusy = false
  #readyAtInMs = 0
  #lastFrameAtInMs: number
  #timer: ReturnType<typeof setTimeout> | undefined
  /** What was made for single readers, by `from`, while it is the latest. */
  readonly #sharedFrames = new Map<number, Frame>()

  constructor(deps: AnnouncerDeps) {
    this.#deps = deps
    this.#lastFrameAtInMs = deps.now()
  }

  /** The tail has new events, or these parts of the state are newer. */
  news(state: SessionState): void {
    this.#sharedFrames.clear()
    this.#pending.addState(state, this.#deps.now())
    this.#schedule()
  }

  reactions(reactions: NonNullable<Envelope['reactions']>): void {
    this.#pending.addReactions(reactions, this.#deps.now())
    this.#schedule()
  }

  presenceChanged(): void {
    this.#sharedFrames.clear()
    this.#pending.addPresence(this.#deps.now())
    this.#schedule()
  }

  /** The log begins anew: everybody learns its epoch, its newest `seq` and the whole state, and asks for the rest. */
  restart(): void {
    this.#sharedFrames.clear()
    this.#toldTo = this.#deps.tail.seq
    this.#pending = new Pending()
    if (this.#deps.seats.size > 0) this.#sayWholeState()
  }

  /** Tells one reader what follows on its cursor, as far as it is at hand, and the whole latest state. */
  tellAllTo(seat: Seat, after: number | null): void {
    const frame = this.#frameAfter(after ?? this.#deps.tail.seq)
    seat.frameNumber = this.#frameNumber
    seat.cursor = frame.envelope.to
    if (!seat.reader.send(frame)) seat.fullSinceInMs = this.#deps.now()
  }

  /** Whether frames went out that the reader did not get. */
  hasMissed(seat: Seat): boolean {
    return seat.frameNumber < this.#frameNumber
  }

  /** Says something where nothing was said for long: the newest `seq`, so that a lost tail is noticed. */
  breakSilence(nowInMs: number): void {
    if (nowInMs - this.#lastFrameAtInMs < streamHeartbeatInMs || this.#isWaiting()) return
    this.#sayWholeState()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#pending = new Pending()
  }

  #sayWholeState(): void {
    this.#pending.state = { ...this.#deps.tail.state }
    this.#pending.isUrgent = true
    this.#schedule()
  }

  #isUrgent(): boolean {
    return this.#pending.isUrgent || this.#deps.tail.seq > this.#toldTo
  }

  #isWaiting(): boolean {
    return this.#isUrgent() || this.#pending.waitingSinceInMs !== null
  }

  #schedule(): void {
    if (this.#isBusy || !this.#isWaiting()) return
    const { now, seats } = this.#deps
    const lazyInMs = Math.min(lazyMaxInMs, seats.size / 10)
    const wantedAtInMs = this.#isUrgent() ? 0 : (this.#pending.waitingSinceInMs ?? 0) + lazyInMs
    const delayInMs = Math.max(wantedAtInMs, this.#readyAtInMs) - now()
    // The latest reason to speak knows best when; there is no more than one timer.
    clearTimeout(this.#timer)
    if (delayInMs > 0) {
      this.#timer = setTimeout(() => this.#tellEverybody(), delayInMs)
      return
    }
    // Whoever brought the news gets an answer first, and more news of the same moment goes along.
    this.#isBusy = true
    setImmediate(() => this.#tellEverybody())
  }

  #tellEverybody(): void {
    const { seats, now, meter } = this.#deps
    const frame = encodeFrame(this.#takePending())
    this.#frameNumber += 1
    this.#lastFrameAtInMs = now()
    this.#isBusy = true
    fanOut(seats, frame, this.#frameNumber, now, (result) => {
      this.#isBusy = false
      this.#readyAtInMs = now() + Math.max(gapMinInMs, result.durationInMs / 2)
      this.#schedule()
      measure(meter, frame, result, now())
    })
  }

  #takePending(): Envelope {
    const { state, reactions, presenceChanged } = this.#pending
    const events = this.#deps.tail.after(this.#toldTo)
    const seq = this.#deps.tail.seq
    const from = events ? this.#toldTo : seq
    this.#toldTo = seq
    this.#pending = new Pending()
    return this.#envelope(from, events ?? [], {
      ...(hasParts(state) && { state }),
      ...(Object.keys(reactions).length > 0 && { reactions }),
      ...(presenceChanged && { presence: this.#deps.presence.current }),
    })
  }

  /** Many come back with the same cursor: they share a frame for as long as it is the latest. */
  #frameAfter(cursor: number): Frame {
    const { tail, presence } = this.#deps
    const events = tail.after(cursor)
    const from = events ? cursor : tail.seq
    const known = this.#sharedFrames.get(from)
    if (known) return known
    const parts = { state: tail.state, presence: presence.current }
    const frame = encodeFrame(this.#envelope(from, events ?? [], parts))
    if (this.#sharedFrames.size >= sharedFramesMax) this.#sharedFrames.clear()
    this.#sharedFrames.set(from, frame)
    return frame
  }

  #envelope(from: number, items: readonly Envelope['items'][number][], parts: Partial<Envelope>): Envelope {
    const { sessionId, tail, now } = this.#deps
    return {
      v: 1,
      sid: sessionId,
      epoch: tail.epoch ?? '',
      from,
      to: tail.seq,
      items: [...items],
      ...parts,
      sentAt: now(),
    }
  }
}

function measure(meter: HubMeter, frame: Frame, result: FanOutResult, nowInMs: number): void {
  const { deliveries, skipped, durationInMs } = result
  if (skipped > 0) meter.skipped(skipped)
  if (deliveries === 0) return
  meter.fannedOut({ deliveries, bytes: frame.sse.length * deliveries, durationInMs })
  const newest = frame.envelope.items.at(-1)
  if (newest) meter.endToEnd(nowInMs - newest.at)
}
