import type { Bye } from '#lib/protocol/stream.ts'
import type { Frame } from './frame.ts'

/** One open stream of one person, whatever carries it. Nothing here may block or throw. */
export type Reader = {
  readonly userId: string
  readonly way: 'sse' | 'long_poll'
  /** The end of the access token that opened it, in epoch ms. */
  readonly expiresAtInMs: number
  /** False: the frame was taken, but the reader is full and gets nothing more until `Subscription.drained()`. */
  send: (frame: Frame) => boolean
  /** The token ends soon. */
  renew: () => void
  /** The hub has forgotten the reader, which says goodbye and closes itself. */
  bye: (bye: Bye) => void
}

export type Subscription = {
  /** The reader has room again. */
  drained: () => void
  close: () => void
}
