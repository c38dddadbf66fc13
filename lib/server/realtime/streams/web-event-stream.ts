import type { Bye } from '#lib/protocol/stream.ts'
import type { Frame } from '../hub/frame.ts'
import type { Reader, Subscription } from '../hub/reader.ts'
import type { Grant } from './authorise-stream.ts'
import { byeText, renewText, streamPrelude } from './stream-text.ts'

/** As much as a socket of node:http takes before it says that it is full. */
const fullAtBytes = 64 * 1024

/** A reader on a web stream: what runs wherever route handlers do. */
export class WebEventStream implements Reader {
  readonly way = 'sse'
  readonly userId: string
  readonly expiresAtInMs: number
  readonly body: ReadableStream<Uint8Array>
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  #subscription: Subscription | null = null
  #isFull = false

  constructor({ userId, expiresAtInMs }: Grant, random: () => number, signal: AbortSignal) {
    this.userId = userId
    this.expiresAtInMs = expiresAtInMs
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller
        },
        pull: () => this.#drain(),
        cancel: () => this.#forget(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: fullAtBytes }),
    )
    this.#write(streamPrelude(random))
    signal.addEventListener('abort', () => this.#abort(), { once: true })
    // Who went before is not told of any more.
    if (signal.aborted) this.#abort()
  }

  opened(subscription: Subscription): void {
    if (this.#controller) this.#subscription = subscription
    else subscription.close()
  }

  send(frame: Frame): boolean {
    this.#write(frame.sse)
    this.#isFull = (this.#controller?.desiredSize ?? 1) <= 0
    return !this.#isFull
  }

  renew(): void {
    this.#write(renewText)
  }

  bye(bye: Bye): void {
    this.#subscription = null
    // Its buffers are full, or nobody is there: a goodbye would not get through. Next reports every other error of a stream as a failure.
    if (bye.reason === 'too_slow' || bye.reason === 'silent') {
      this.#controller?.error(new DOMException(bye.reason, 'AbortError'))
    } else {
      this.#write(byeText(bye))
      this.#controller?.close()
    }
    this.#controller = null
  }

  #write(text: string | Uint8Array): void {
    this.#controller?.enqueue(typeof text === 'string' ? Buffer.from(text) : text)
  }

  #drain(): void {
    if (!this.#isFull) return
    this.#isFull = false
    this.#subscription?.drained()
  }

  #abort(): void {
    this.#controller?.close()
    this.#forget()
  }

  #forget(): void {
    this.#controller = null
    this.#subscription?.close()
    this.#subscription = null
  }
}
