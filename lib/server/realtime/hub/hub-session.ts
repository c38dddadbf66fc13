import { jitteredInMs } from '#lib/domain/retry/retry-delay.ts'
import type { Envelope } from '#lib/protocol/envelope.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import type { SessionEvent } from '#lib/protocol/events.ts'
import type { PresenceEntry } from '#lib/protocol/presence.ts'
import { Announcer } from './announcer.ts'
import { Audience } from './audience.ts'
import type { HubDeps, Upstream, UpstreamListener } from './hub-deps.ts'
import { createLogFollower, type LogFollower } from './log-follower.ts'
import { LogTail, type News } from './log-tail.ts'
import { hasParts } from './merge-state.ts'
import type { Reader, Subscription } from './reader.ts'
import { SessionPresence } from './session-presence.ts'

const touchIntervalInMs = 120_000
/** An upstream that was silent for so long may have lost the last thing that was said. */
const upstreamSilenceMaxInMs = 15_000
const closedSubscription: Subscription = { drained: () => {}, close: () => {} }

/** One live session with its readers: what comes from the log and from upstream, and who hears of it. */
export class HubSession implements UpstreamListener {
  isReady = false
  isClosed = false

  readonly #id: string
  readonly #deps: HubDeps
  readonly #audience: Audience
  readonly #presence: SessionPresence
  readonly #announcer: Announcer
  readonly #follower: LogFollower
  readonly #upstream: Upstream
  readonly #tail = new LogTail()
  readonly #ready = Promise.withResolvers<void>()
  #upstreamState: 'open' | 'down' = 'down'
  #touchAtInMs: number
  #heardAtInMs: number

  /** `onEnd`: the session is gone, and this with it. */
  constructor(id: string, deps: HubDeps, onEnd: () => void) {
    const { instance, meter, now, random } = deps
    // Whoever waits hears of it; mostly nobody does.
    this.#ready.promise.catch(() => {})
    this.#id = id
    this.#deps = deps
    this.#touchAtInMs = now() + jitteredInMs(touchIntervalInMs, random)
    this.#heardAtInMs = now()
    this.#audience = new Audience({
      meter,
      now,
      random,
      onArrived: (userId) => this.#presence.arrived(userId),
      onLeft: (userId, way) => {
        if (!this.isClosed) this.#presence.left(userId, way)
      },
      onDrained: (seat) => {
        if (this.#announcer.hasMissed(seat)) this.#announcer.tellAllTo(seat, seat.cursor)
      },
    })
    const { seats } = this.#audience
    this.#presence = new SessionPresence({
      instance,
      seats,
      now,
      onChange: () => this.#announcer.presenceChanged(),
      track: (entry) => this.#upstream.track(entry),
    })
    const { tail, presence } = { tail: this.#tail, presence: this.#presence }
    this.#announcer = new Announcer({ sessionId: id, tail, seats: seats.all, presence, meter, now })
    meter.upstreams('down', 1)
    this.#follower = createLogFollower(tail, {
      readLog: (after) => deps.readLog(id, after),
      random,
      onNews: (news, fromLog) => this.#takeNews(news, fromLog),
      onRestart: (events, goesOn) => {
        // Somebody may have been banned in what was never read; who was banned long ago may be a member again.
        this.#audience.askForProof()
        if (goesOn) this.#audience.enforceBans(events)
        this.#followBans(events)
        this.#announcer.restart()
        this.isReady = true
        this.#ready.resolve()
      },
      onFailure: () => meter.logFailed(),
      onGone: (error: CodedError) => {
        this.#ready.reject(error)
        void this.close()
        onEnd()
      },
    })
    this.#upstream = deps.openUpstream(id, this)
  }

  /** Settles when the log was read for the first time, or never will be. */
  get ready(): Promise<void> {
    return this.#ready.promise
  }

  /** Since when nobody reads; null while somebody does. */
  get idleSinceInMs(): number | null {
    return this.#audience.idleSinceInMs
  }

  /** Lets a reader in and tells it everything; the log must have been read. */
  admit(reader: Reader, after: number | null): Subscription {
    const seat = this.#audience.admit(reader)
    if (!seat) return closedSubscription
    if (after !== null) this.#deps.meter.resumed(reader.way)
    this.#announcer.tellAllTo(seat, after)
    return seat
  }

  /** Takes what was committed here. Reactions come from upstream alone: they have no number by which to know them again. */
  feed(envelope: Envelope): void {
    // A ban counts from when it is first heard of, whatever is missing before it.
    if (envelope.epoch === this.#tail.epoch) {
      this.#obeyBans(envelope.items.filter(({ seq }) => seq > this.#tail.seq))
    }
    this.#follower.receive(envelope)
  }

  onEnvelope(envelope: Envelope): void {
    if (this.isClosed) return
    this.#heardAtInMs = this.#deps.now()
    this.#deps.meter.upstreamLag(this.#heardAtInMs - envelope.sentAt)
    if (envelope.reactions) this.#announcer.reactions(envelope.reactions)
    this.feed(envelope)
  }

  onState(state: 'open' | 'down'): void {
    if (this.isClosed) return
    this.#deps.meter.upstreams(this.#upstreamState, -1)
    this.#deps.meter.upstreams(state, 1)
    this.#upstreamState = state
    this.#presence.upstreamChanged(state === 'open')
    if (state === 'open') this.#follower.accompanied()
    else this.#follower.alone()
  }

  onPresence(entries: readonly PresenceEntry[]): void {
    if (!this.isClosed) this.#presence.heard(entries)
  }

  /** See `Hub.takeForSilent`. */
  takeForSilent(userIds: readonly string[]): void {
    this.#audience.dismissSilent(userIds)
    this.#presence.takeForSilent(userIds)
  }

  /** What is due by the clock, about once a second. */
  sweep(nowInMs: number): void {
    this.#audience.sweep(nowInMs)
    this.#presence.sweep(nowInMs)
    if (nowInMs - this.#heardAtInMs >= upstreamSilenceMaxInMs) {
      this.#heardAtInMs = nowInMs
      this.#follower.check()
    }
    this.#announcer.breakSilence(nowInMs)
    if (nowInMs < this.#touchAtInMs) return
    this.#touchAtInMs = nowInMs + jitteredInMs(touchIntervalInMs, this.#deps.random)
    const userIds = [...this.#audience.seats.people.keys()]
    if (userIds.length === 0) return
    void this.#deps.touch(this.#id, userIds)
    // Without a DJ no heartbeat says how many members a lively room has by now.
    this.#follower.check()
  }

  async close(): Promise<void> {
    if (this.isClosed) return
    this.isClosed = true
    this.#ready.reject(new CodedError('unavailable'))
    this.#follower.close()
    this.#announcer.close()
    this.#presence.close()
    this.#deps.meter.upstreams(this.#upstreamState, -1)
    this.#upstream.close()
    await this.#audience.dismissAll()
  }

  #takeNews({ events, state }: News, fromLog: number): void {
    if (events.length === 0 && !hasParts(state)) return
    if (fromLog > 0) this.#deps.meter.gapFilled(fromLog)
    this.#obeyBans(events)
    this.#announcer.news(state)
  }

  /** Who is banned has to go, and the room goes on in another channel. */
  #obeyBans(events: readonly SessionEvent[]): void {
    this.#audience.enforceBans(events)
    this.#followBans(events)
  }

  #followBans(events: readonly SessionEvent[]): void {
    for (const event of events) {
      if (event.kind === 'member.banned') this.#upstream.moveTo(event.payload.channel)
    }
  }
}
