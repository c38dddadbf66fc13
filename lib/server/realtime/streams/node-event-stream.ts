import type { ServerResponse } from 'node:http'
import type { Bye } from '#lib/protocol/stream.ts'
import type { Frame } from '../hub/frame.ts'
import type { Reader, Subscription } from '../hub/reader.ts'
import type { Grant } from './authorise-stream.ts'
import { byeText, renewText, streamHeaders, streamPrelude } from './stream-text.ts'

/** How long a reader that does not read may take for its goodbye. */
const lingerInMs = 5_000

/**
 * A reader on bare node:http. Frames go to the socket as they are, past what `ServerResponse` does a write. A class,
 * since there are ten thousand of them.
 */
export class NodeEventStream implements Reader {
  readonly way = 'sse'
  readonly userId: string
  readonly expiresAtInMs: number
  readonly #response: ServerResponse
  readonly #random: () => number
  #subscription: Subscription | null = null
  #isFull = false
  #isOver = false

  constructor(response: ServerResponse, { userId, expiresAtInMs }: Grant, random: () => number) {
    this.userId = userId
    this.expiresAtInMs = expiresAtInMs
    this.#response = response
    this.#random = random
    response.once('close', () => this.#forget())
    response.socket?.on('drain', () => this.#drain())
  }

  /** Takes what ends the reading; the response may have been closed meanwhile. */
  opened(subscription: Subscription): void {
    if (this.#isOver) subscription.close()
    else this.#subscription = subscription
    // A first frame can fill it, and have drained by now.
    if (!this.#isFull) subscription.drained()
  }

  /** False beyond the socket's high-water mark (64 KB); then it drains. */
  send(frame: Frame): boolean {
    if (!this.#begin()) return true
    const { socket, chunkedEncoding } = this.#response
    this.#isFull = socket?.write(chunkedEncoding ? frame.chunk : frame.sse) === false
    return !this.#isFull
  }

  renew(): void {
    if (this.#begin()) this.#response.write(renewText)
  }

  bye(bye: Bye): void {
    this.#subscription = null
    if (!this.#begin()) return
    this.#isOver = true
    const { socket } = this.#response
    // Its buffers are full, or nobody is there: a goodbye would not get through.
    if (bye.reason === 'too_slow' || bye.reason === 'silent') {
      socket?.destroy()
      return
    }
    socket?.setTimeout(lingerInMs, () => socket.destroy())
    this.#response.end(byeText(bye))
  }

  /** Sends the head before the first thing to say, so that a refusal until then can still be an ordinary one. */
  #begin(): boolean {
    if (this.#isOver) return false
    if (!this.#response.headersSent) {
      // The connection serves nothing else afterwards: at its end there is nothing to tidy up on it.
      this.#response.writeHead(200, { ...streamHeaders, connection: 'close' })
      this.#response.write(streamPrelude(this.#random))
    }
    return true
  }

  #drain(): void {
    if (!this.#isFull) return
    this.#isFull = false
    this.#subscription?.drained()
  }

  #forget(): void {
    this.#isOver = true
    this.#subscription?.close()
    this.#subscription = null
  }
}
