import { jitteredInMs } from '#lib/domain/retry/retry-delay.ts'
import type { SessionEvent } from '#lib/protocol/events.ts'
import type { Bye } from '#lib/protocol/stream.ts'
import type { HubMeter } from './hub-meter.ts'
import type { Reader } from './reader.ts'
import { Seat, type SeatHost } from './seat.ts'
import { Seats } from './seats.ts'

const renewBeforeExpiryInMs = 60_000
const fullMaxInMs = 20_000
/** Who was banned so lately may have been let in by an answer from before. */
const banRememberedInMs = 10_000
/** Whoever came in lately may be somebody silent who is back. */
const newcomerForInMs = 15_000

/** Whether somebody whose stream is closed is mostly back in a moment. */
const mayComeBack: Record<Bye['reason'], boolean> = {
  shutdown: true,
  expired: true,
  banned: false,
  too_slow: true,
  silent: false,
  replaced: true,
}

export type AudienceDeps = {
  meter: HubMeter
  now: () => number
  random: () => number
  onArrived: (userId: string) => void
  /** A person's last seat is empty; `way` says by which they may come back in a moment, null that they may not. */
  onLeft: (userId: string, way: Reader['way'] | null) => void
  onDrained: (seat: Seat) => void
}

/** The readers of one session: who comes, who goes, and who has to go. */
export class Audience implements SeatHost {
  readonly seats = new Seats()
  /** Since when nobody reads; null while somebody does. */
  idleSinceInMs: number | null
  readonly #deps: AudienceDeps
  readonly #bannedAtInMs = new Map<string, number>()

  constructor(deps: AudienceDeps) {
    this.#deps = deps
    this.idleSinceInMs = deps.now()
  }

  /** Gives the reader a seat; null where it was banned a moment ago. */
  admit(reader: Reader): Seat | null {
    if (this.#bannedAtInMs.has(reader.userId)) {
      this.#deps.meter.dropped('banned')
      reader.bye({ reason: 'banned', retryInMs: null })
      return null
    }
    const { meter, random } = this.#deps
    const renewAtInMs = reader.expiresAtInMs - renewBeforeExpiryInMs * (1 + random() / 2)
    const seat = new Seat(reader, this, renewAtInMs, this.#deps.now())
    const replaced = this.seats.add(seat)
    this.idleSinceInMs = null
    meter.readers(reader.way, 1)
    // Were it to come back at once, it would push out the next.
    if (replaced) this.#dismiss(replaced, { reason: 'replaced', retryInMs: jitteredInMs(60_000, random) })
    this.#deps.onArrived(reader.userId)
    return seat
  }

  drained(seat: Seat): void {
    if (!this.seats.all.has(seat)) return
    seat.fullSinceInMs = 0
    this.#deps.onDrained(seat)
  }

  leave(seat: Seat): void {
    this.#forget(seat, seat.reader.way)
  }

  /** Closes the streams of everybody who is banned by these events. */
  enforceBans(events: readonly SessionEvent[]): void {
    for (const event of events) {
      if (event.kind !== 'member.banned') continue
      const { userId } = event.payload
      this.#bannedAtInMs.set(userId, this.#deps.now())
      for (const seat of this.seats.of(userId)) this.#dismiss(seat, { reason: 'banned', retryInMs: null })
    }
  }

  /** Closes what was opened by people of whom nothing has been heard since. */
  dismissSilent(userIds: readonly string[]): void {
    const { now, random } = this.#deps
    for (const seat of userIds.flatMap((userId) => this.seats.of(userId))) {
      if (now() - seat.admittedAtInMs < newcomerForInMs) continue
      this.#dismiss(seat, { reason: 'silent', retryInMs: random() * 1_000 })
    }
  }

  /** Lets everybody show anew within two minutes that they may listen. */
  askForProof(): void {
    const nowInMs = this.#deps.now()
    for (const seat of this.seats.all) {
      const renewAtInMs = nowInMs + this.#deps.random() * renewBeforeExpiryInMs
      seat.renewAtInMs = Math.min(seat.renewAtInMs, renewAtInMs)
      seat.expiresAtInMs = Math.min(seat.expiresAtInMs, renewAtInMs + renewBeforeExpiryInMs)
    }
  }

  sweep(nowInMs: number): void {
    for (const seat of this.seats.all) this.#sweepSeat(seat, nowInMs)
    for (const [userId, atInMs] of this.#bannedAtInMs) {
      if (nowInMs - atInMs > banRememberedInMs) this.#bannedAtInMs.delete(userId)
    }
  }

  /** Says goodbye to everybody, some at a time: they come back within as long as the many of them need. */
  async dismissAll(): Promise<void> {
    const windowInMs = Math.min(4_000, 250 + this.seats.all.size / 2)
    let dismissed = 0
    for (const seat of this.seats.all) {
      this.#dismiss(seat, { reason: 'shutdown', retryInMs: this.#deps.random() * windowInMs })
      if (++dismissed % 500 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }

  #sweepSeat(seat: Seat, nowInMs: number): void {
    const { random } = this.#deps
    if (seat.fullSinceInMs > 0 && nowInMs - seat.fullSinceInMs > fullMaxInMs) {
      this.#dismiss(seat, { reason: 'too_slow', retryInMs: random() * 5_000 })
    } else if (seat.expiresAtInMs <= nowInMs) {
      this.#dismiss(seat, { reason: 'expired', retryInMs: random() * 1_000 })
    } else if (seat.renewAtInMs <= nowInMs) {
      seat.renewAtInMs = Number.POSITIVE_INFINITY
      seat.reader.renew()
    }
  }

  #dismiss(seat: Seat, bye: Bye): void {
    this.#forget(seat, mayComeBack[bye.reason] ? seat.reader.way : null)
    this.#deps.meter.dropped(bye.reason)
    seat.reader.bye(bye)
  }

  #forget(seat: Seat, way: Reader['way'] | null): void {
    if (!this.seats.remove(seat)) return
    const { userId } = seat.reader
    this.#deps.meter.readers(seat.reader.way, -1)
    if (this.seats.all.size === 0) this.idleSinceInMs = this.#deps.now()
    if (!this.seats.people.has(userId)) this.#deps.onLeft(userId, way)
  }
}
