import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import { Channel } from './channel.ts'
import type { RealtimeParts } from './parts.ts'
import { joinPayload } from './protocol/join.ts'
import { decodeBinary, decodeText, encodeText, type Message, type Version } from './protocol/message.ts'
import { Refusal } from './session.ts'
import { TOPIC_PREFIX } from './stored-messages.ts'

/** A client that lets this much pile up is cut off: it can come back and catch up. */
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024
/** Clients send a heartbeat every 25 s; Phoenix gives up after 60 s. */
const MAX_SILENCE_MS = 60_000
const MAX_CHANNELS = 100
const MAX_NAME_BYTES = 255

type Joined = { channel: Channel; joinRef: string | null }

/** One WebSocket of a client, with the channels it has joined. */
export class Connection {
  readonly #parts: RealtimeParts
  readonly #webSocket: WebSocket
  readonly #socket: Duplex
  readonly #version: Version
  readonly #apiKey: string
  readonly #channels = new Map<string, Joined>()
  /** Work in progress by topic: messages of one topic are handled in their order. */
  readonly #busy = new Map<string, Promise<void>>()
  #heardAt = performance.now()

  constructor(parts: RealtimeParts, webSocket: WebSocket, socket: Duplex, version: Version, apiKey: string) {
    this.#parts = parts
    this.#webSocket = webSocket
    this.#socket = socket
    this.#version = version
    this.#apiKey = apiKey
    webSocket.on('message', (data, isBinary) => this.#receive(data, isBinary))
    webSocket.on('close', () => this.#leaveAll())
    // `close` follows.
    webSocket.on('error', () => {})
  }

  /** Writes a ready frame, past `ws`: it writes at once as well, so the two never mix. */
  send(frame: Buffer): void {
    if (this.#webSocket.readyState !== this.#webSocket.OPEN) return
    if (this.#socket.writableLength > MAX_BACKLOG_BYTES) this.#webSocket.terminate()
    else this.#socket.write(frame)
  }

  /** Ends what is over: channels with expired tokens, and the connection when the client went silent. */
  check(now: number): void {
    if (performance.now() - this.#heardAt > MAX_SILENCE_MS) this.#webSocket.terminate()
    for (const { channel } of [...this.#channels.values()]) channel.checkExpiry(now)
  }

  close(): void {
    this.#webSocket.close(1001)
  }

  #receive(data: RawData, isBinary: boolean): void {
    this.#heardAt = performance.now()
    if (!(data instanceof Buffer)) return
    const message = isBinary ? decodeBinary(this.#version, data) : decodeText(this.#version, data.toString())
    if (message) this.#inOrder(message)
    else this.#webSocket.close(1007, 'Not a message of this protocol')
  }

  #inOrder(message: Message): void {
    const before = this.#busy.get(message.topic)
    const work = before ? before.then(() => this.#handle(message)) : this.#handle(message)
    if (!work) return
    const done = work
      .catch((error: unknown) => console.error('realtime:', error))
      .then(() => {
        if (this.#busy.get(message.topic) === done) this.#busy.delete(message.topic)
      })
    this.#busy.set(message.topic, done)
  }

  /** Handles a message; returns a promise only where it had to wait. */
  #handle(message: Message): Promise<void> | undefined {
    if (message.topic === 'phoenix') {
      if (message.event === 'heartbeat') this.#reply(message, 'ok', {})
      return
    }
    if (message.event === 'phx_join') return this.#join(message)
    const joined = this.#channels.get(message.topic)
    if (message.event === 'phx_leave') {
      this.#reply(message, 'ok', {})
      if (joined) this.#closeChannel(message.topic, joined)
      return
    }
    if (!joined) {
      this.#reply(message, 'error', { reason: 'unmatched topic' })
      return
    }
    const answer = joined.channel.handle(message)
    if (!(answer instanceof Promise)) {
      if (answer) this.#reply(message, answer.status, answer.response)
      return
    }
    return answer
      .then((status) => status && this.#reply(message, status.status, status.response))
      .then(() => {})
  }

  async #join(message: Message): Promise<void> {
    const { topic } = message
    const before = this.#channels.get(topic)
    if (before) this.#closeChannel(topic, before)
    try {
      const name = topic.startsWith(TOPIC_PREFIX) ? topic.slice(TOPIC_PREFIX.length) : ''
      if (name === '') throw new Refusal('TopicNameRequired: You must provide a topic name')
      if (Buffer.byteLength(topic) > MAX_NAME_BYTES) throw new Refusal('TopicNameTooLong: At most 255 bytes')
      if (this.#channels.size >= MAX_CHANNELS) throw new Refusal('ChannelRateLimitReached: Too many channels')
      await this.#enter(message, name)
    } catch (error) {
      if (!(error instanceof Refusal)) console.error('realtime: a client could not join:', error)
      const reason =
        error instanceof Refusal ? error.message : 'Realtime was unable to connect to the project database'
      this.#reply(message, 'error', { reason })
    }
  }

  async #enter(message: Message, name: string): Promise<void> {
    const { topic, joinRef } = message
    const parsed = joinPayload.safeParse(message.payload ?? {})
    if (!parsed.success) throw new Refusal('InvalidJoinPayload: The join payload is not valid')
    const token = parsed.data.access_token ?? parsed.data.user_token
    const link = {
      version: this.#version,
      send: (frame: Buffer) => this.send(frame),
      push: (event: string, payload: unknown) =>
        this.send(encodeText(this.#version, { joinRef, ref: null, topic, event }, JSON.stringify(payload))),
      close: () => this.#closeChannel(topic, joined),
    }
    // `sb_...` keys are no tokens; the key that opened the connection stands for them.
    const isToken = token !== undefined && !token.startsWith('sb_')
    const channel = new Channel(this.#parts, link, name, parsed.data, isToken ? token : this.#apiKey)
    const joined: Joined = { channel, joinRef }
    this.#channels.set(topic, joined)
    try {
      const response = await channel.join()
      // The client may have left, or gone, in the meantime.
      if (this.#channels.get(topic) !== joined) {
        channel.leave()
        return
      }
      this.#reply(message, 'ok', response)
      channel.start()
    } catch (error) {
      channel.leave()
      if (this.#channels.get(topic) === joined) this.#channels.delete(topic)
      throw error
    }
  }

  #closeChannel(topic: string, joined: Joined): void {
    if (this.#channels.get(topic) !== joined) return
    this.#channels.delete(topic)
    joined.channel.leave()
    const { joinRef } = joined
    this.send(encodeText(this.#version, { joinRef, ref: joinRef, topic, event: 'phx_close' }, '{}'))
  }

  #leaveAll(): void {
    const joined = [...this.#channels.values()]
    this.#channels.clear()
    for (const { channel } of joined) channel.leave()
  }

  #reply({ joinRef, ref, topic }: Message, status: string, response: unknown): void {
    const payload = JSON.stringify({ status, response })
    this.send(encodeText(this.#version, { joinRef, ref, topic, event: 'phx_reply' }, payload))
  }
}
