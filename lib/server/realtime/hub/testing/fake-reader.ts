import type { Bye } from '#lib/protocol/stream.ts'
import type { Frame } from '../frame.ts'
import type { Reader } from '../reader.ts'

/** A reader that writes down what it gets. */
export class FakeReader implements Reader {
  readonly userId: string
  readonly way: Reader['way']
  readonly expiresAtInMs: number
  readonly frames: Frame['envelope'][] = []
  readonly byes: Bye[] = []
  renewals = 0
  hasRoom = true
  onFrame: (envelope: Frame['envelope']) => void = () => {}

  constructor(userId: string, way: Reader['way'] = 'sse', expiresAtInMs = Date.now() + 3_600_000) {
    this.userId = userId
    this.way = way
    this.expiresAtInMs = expiresAtInMs
  }

  send(frame: Frame): boolean {
    this.frames.push(frame.envelope)
    this.onFrame(frame.envelope)
    return this.hasRoom
  }

  renew(): void {
    this.renewals += 1
  }

  bye(bye: Bye): void {
    this.byes.push(bye)
  }

  /** The events that it was told, in the order in which it was. */
  get seqs(): number[] {
    return this.frames.flatMap(({ items }) => items.map(({ seq }) => seq))
  }
}
