import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Claims } from '../claims.ts'
import { type Extension, mayWrite, type ReadPolicies, readPolicies } from './authorize.ts'
import type { Watch } from './changes/registry.ts'
import { checkChangeRequest, parseChangeRequest, RefusedSubscription } from './changes/subscription.ts'
import type { RealtimeParts } from './parts.ts'
import type { JoinPayload, PostgresChangeParams } from './protocol/join.ts'
import type { BroadcastPush, Message, Version } from './protocol/message.ts'
import { type PreparedBroadcast, prepareBroadcast } from './protocol/prepared-broadcast.ts'
import { expiryMessage, Refusal, verifySession } from './session.ts'
import { replayStored, TOPIC_PREFIX } from './stored-messages.ts'
import { publish, type Subscriber, type Topic } from './topics.ts'

/** What a channel needs of its connection. */
export type ChannelLink = {
  version: Version
  /** Writes a ready frame. */
  send: (frame: Buffer) => void
  /** Sends a message of this channel. */
  push: (event: string, payload: unknown) => void
  /** Ends this channel from our side. */
  close: () => void
}
type Status = { status: 'ok' | 'error'; response: Record<string, unknown> }
const OK: Status = { status: 'ok', response: {} }
const refused = (reason: string): Status => ({ status: 'error', response: { reason } })

const textBroadcast = z.object({ event: z.string(), payload: z.unknown().optional() })
const presencePush = z.object({ event: z.string(), payload: z.unknown().optional() })
const tokenPush = z.object({ access_token: z.string().nullish() })

/** One topic that a client has joined. `join` comes first; every refusal there is a `Refusal`. */
export class Channel implements Subscriber {
  readonly version: Version
  mayReadBroadcasts = true
  followsPresence = false

  readonly #parts: RealtimeParts
  readonly #link: ChannelLink
  readonly #name: string
  readonly #config: JoinPayload['config']
  readonly #presenceKey: string
  #token: string
  #claims: Claims = { role: 'anon' }
  #topic: Topic | undefined
  #watches: Watch[] = []
  #canRead: ReadPolicies | undefined
  #canWrite = new Map<Extension, boolean>()
  #replayed = new Set<string>()
  /** Broadcasts that came while the client was still joining. */
  #held: PreparedBroadcast[] | null = []

  /** `name` is the topic without `realtime:`. */
  constructor(parts: RealtimeParts, link: ChannelLink, name: string, join: JoinPayload, token: string) {
    this.#parts = parts
    this.#link = link
    this.#name = name
    this.#config = join.config
    this.#token = token
    this.#presenceKey = join.config.presence?.key || randomUUID()
    this.version = link.version
  }

  get #isPrivate(): boolean {
    return this.#config.private ?? false
  }

  get #fullName(): string {
    return `${TOPIC_PREFIX}${this.#name}`
  }

  send(frame: Buffer): void {
    this.#link.send(frame)
  }

  deliverBroadcast(broadcast: PreparedBroadcast): void {
    if (this.#held) {
      this.#held.push(broadcast)
      return
    }
    if (broadcast.id !== null && this.#replayed.has(broadcast.id)) return
    const frame = broadcast.frame(this.version)
    if (frame) this.#link.send(frame)
  }

  /** Lets the client in and resolves to what the reply holds; `start` must follow the reply. */
  async join(): Promise<Record<string, unknown>> {
    this.#claims = await verifySession(this.#parts.verifyToken, this.#token)
    const { replay } = this.#config.broadcast ?? {}
    if (replay && !this.#isPrivate) {
      throw new Refusal('UnableToReplayMessages: Replay is not allowed for public channels')
    }
    await this.#readPolicies()
    // First the live messages are held, then the stored ones are read: nothing falls between.
    this.#topic = this.#parts.topics.enter(this.#fullName, this.#isPrivate, this)
    if (replay && this.mayReadBroadcasts) {
      const stored = await replayStored(this.#parts.sql, this.#name, replay.since, replay.limit)
      this.#replayed = new Set(stored.flatMap(({ id }) => id ?? []))
      const live = this.#held?.filter(({ id }) => id === null || !this.#replayed.has(id)) ?? []
      this.#held = [...stored, ...live]
    }
    const subscriptions = (this.#config.postgres_changes ?? []).map((params) => ({
      ...params,
      id: idOf(params),
    }))
    if (subscriptions.length > 0 && this.#config.postgres_changes_options?.wait)
      await this.#watch().catch(toRefusal)
    return { postgres_changes: subscriptions }
  }

  /** Sends what follows the reply to a join. */
  start(): void {
    const held = this.#held ?? []
    this.#held = null
    for (const broadcast of held) {
      const frame = broadcast.frame(this.version)
      if (frame) this.#link.send(frame)
    }
    if (this.#config.presence?.enabled) this.#followPresence()
    if (this.#config.broadcast?.replication_ready) {
      this.#parts
        .whenReplicating()
        .then(() => this.#tell('system', 'ok', 'Replication connection established'))
    }
    if ((this.#config.postgres_changes ?? []).length === 0) return
    this.#watch().then(
      () => this.#tell('postgres_changes', 'ok', 'Subscribed to PostgreSQL'),
      (error: unknown) => this.#tell('postgres_changes', 'error', messageOf(error)),
    )
  }

  /** Takes a message of the client; what it resolves to is the reply, null when there is none. */
  handle(message: Message): Status | null | Promise<Status | null> {
    switch (message.event) {
      case 'broadcast':
        return this.#handleBroadcast(message.payload)
      case 'presence':
        return this.#handlePresence(message.payload)
      case 'access_token':
        return this.#handleToken(message.payload)
      default:
        return null
    }
  }

  /** Closes the channel when its token has expired. */
  checkExpiry(now: number): void {
    const { exp } = this.#claims
    if (exp !== undefined && exp * 1000 <= now) this.#shutDown(expiryMessage(now / 1000 - exp))
  }

  leave(): void {
    if (this.#topic) this.#parts.topics.leave(this.#topic, this.#isPrivate, this)
    this.#topic = undefined
    for (const watch of this.#watches) this.#parts.changes.watches.remove(watch)
    this.#watches = []
  }

  #handleBroadcast(payload: unknown): Status | null | Promise<Status | null> {
    const push = toBroadcastPush(payload)
    if (!push) return null
    if (!this.#isPrivate) return this.#broadcast(push)
    const known = this.#canWrite.get('broadcast')
    if (known !== undefined) return known ? this.#broadcast(push) : null
    return this.#asksToWrite('broadcast').then((may) => (may ? this.#broadcast(push) : null))
  }

  #broadcast(push: BroadcastPush): Status | null {
    const { self, ack } = this.#config.broadcast ?? {}
    publish(this.#topic, prepareBroadcast(this.#fullName, push), self ? undefined : this)
    return ack ? OK : null
  }

  async #handlePresence(payload: unknown): Promise<Status | null> {
    const parsed = presencePush.safeParse(payload)
    const event = parsed.data?.event.toLowerCase()
    if (event === 'untrack') this.#topic?.presence.untrack(this)
    if (event !== 'track') return event === 'untrack' ? OK : refused('Unknown presence event')
    const meta = z.record(z.string(), z.unknown()).safeParse(parsed.data?.payload ?? {})
    if (!meta.success) return refused('Presence track payload must be a map')
    if (this.#isPrivate && !(await this.#asksToWrite('presence'))) return { status: 'error', response: {} }
    this.#topic?.presence.track(this, this.#presenceKey, meta.data)
    return OK
  }

  /** A new token: the rights are asked for anew, and lost ones end the channel. There is no reply. */
  async #handleToken(payload: unknown): Promise<null> {
    const token = tokenPush.safeParse(payload).data?.access_token
    if (!token || token.startsWith('sb_') || token === this.#token) return null
    const before = this.#canRead
    try {
      const claims = await verifySession(this.#parts.verifyToken, token)
      this.#token = token
      this.#claims = claims
      this.#canWrite.clear()
      await this.#readPolicies()
      const hasLost = (extension: Extension) =>
        before?.[extension] === true && this.#canRead?.[extension] === false
      if (hasLost('broadcast') || hasLost('presence')) {
        throw new Refusal(`You no longer have permission to read from this Channel topic: ${this.#name}`)
      }
      for (const watch of this.#watches) watch.watcher.claims = claims
    } catch (error) {
      this.#shutDown(messageOf(error))
    }
    return null
  }

  async #readPolicies(): Promise<void> {
    if (!this.#isPrivate) return
    this.#canRead = await readPolicies(this.#parts.sql, this.#claims, this.#name)
    if (!this.#canRead.broadcast && !this.#canRead.presence) {
      throw new Refusal(
        `Unauthorized: You do not have permissions to read from this Channel topic: ${this.#name}`,
      )
    }
    this.mayReadBroadcasts = this.#canRead.broadcast
  }

  async #asksToWrite(extension: Extension): Promise<boolean> {
    const known = this.#canWrite.get(extension)
    if (known !== undefined) return known
    const may = await mayWrite(this.#parts.sql, this.#claims, this.#name, extension)
    this.#canWrite.set(extension, may)
    return may
  }

  #followPresence(): void {
    if (!this.#topic || this.#canRead?.presence === false) return
    // What changed so far is in the state; the diffs that follow must begin after it.
    this.#topic.flushPresence()
    this.#link.push('presence_state', this.#topic.presence.state())
    this.followsPresence = true
  }

  /** Subscribes to the changes that the client asked for: to all of them or none. */
  async #watch(): Promise<void> {
    if (this.#watches.length > 0) return
    const { sql, changes, whenReplicating } = this.#parts
    const asked = (this.#config.postgres_changes ?? []).map((params) => ({
      id: idOf(params),
      request: parseChangeRequest(params),
    }))
    for (const { request } of asked)
      await checkChangeRequest(sql, changes.catalog, request, this.#claims.role)
    await whenReplicating()
    if (!this.#topic) return
    const watcher = {
      version: this.version,
      topicName: this.#fullName,
      claims: this.#claims,
      send: (frame: Buffer) => this.#link.send(frame),
    }
    this.#watches = asked.map((watch) => ({ ...watch, watcher }))
    for (const watch of this.#watches) changes.watches.add(watch)
  }

  #tell(extension: string, status: 'ok' | 'error', message: string): void {
    if (this.#topic) this.#link.push('system', { extension, status, message, channel: this.#name })
  }

  #shutDown(message: string): void {
    this.#tell('system', 'error', message)
    this.#link.close()
  }
}

/** The same parameters have the same id, so that clients can share frames. */
function idOf(params: PostgresChangeParams): number {
  return createHash('sha1').update(JSON.stringify(params)).digest().readUInt32BE(0)
}

function messageOf(error: unknown): string {
  if (error instanceof Refusal || error instanceof RefusedSubscription) return error.message
  console.error('realtime:', error)
  return 'Realtime was unable to connect to the project database'
}

function toRefusal(error: unknown): never {
  throw error instanceof RefusedSubscription
    ? new Refusal(`RealtimeDisabledForConfiguration: ${error.message}`)
    : error
}

/** A broadcast comes as a binary frame, decoded already, or as JSON in a text frame. */
function toBroadcastPush(payload: unknown): BroadcastPush | null {
  if (isBroadcastPush(payload)) {
    return payload.encoding === 'json' && !isJson(payload.payload) ? null : payload
  }
  const parsed = textBroadcast.safeParse(payload)
  if (!parsed.success) return null
  return {
    event: parsed.data.event,
    encoding: 'json',
    payload: Buffer.from(JSON.stringify(parsed.data.payload ?? {})),
  }
}

function isBroadcastPush(payload: unknown): payload is BroadcastPush {
  return (
    typeof payload === 'object' &&
    payload !== null &&
    'payload' in payload &&
    payload.payload instanceof Uint8Array
  )
}

/** What is no JSON would be everybody's error, not only the sender's. */
function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString())
    return true
  } catch {
    return false
  }
}
