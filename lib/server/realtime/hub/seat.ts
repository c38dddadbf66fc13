import type { Reader, Subscription } from './reader.ts'

/** What a seat needs of its session. */
export type SeatHost = { drained: (seat: Seat) => void; leave: (seat: Seat) => void }

/** A reader's place in a session. There may be ten thousand of them: fields, no closures, no timers. */
export class Seat implements Subscription {
  readonly reader: Reader
  readonly admittedAtInMs: number
  /** The newest frame that it got, or need not get. */
  frameNumber = 0
  /** The `seq` up to which it was told. */
  cursor = 0
  /** Since when it has no room, in epoch ms; 0 while it has. */
  fullSinceInMs = 0
  /** When to tell it that its token ends; Infinity once it was told. */
  renewAtInMs: number
  expiresAtInMs: number
  /** The next seat of the same person. */
  next: Seat | null = null
  readonly #host: SeatHost

  constructor(reader: Reader, host: SeatHost, renewAtInMs: number, admittedAtInMs: number) {
    this.reader = reader
    this.admittedAtInMs = admittedAtInMs
    this.#host = host
    this.renewAtInMs = renewAtInMs
    this.expiresAtInMs = reader.expiresAtInMs
  }

  drained(): void {
    this.#host.drained(this)
  }

  close(): void {
    this.#host.leave(this)
  }
}
