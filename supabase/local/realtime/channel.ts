import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Claims } from '../claims.ts'
import { createChannelWatches } from './changes/channel-watches.ts'
import { RefusedSubscription } from './changes/subscription.ts'
import type { RealtimeParts } from './parts.ts'
import { createPermissions } from './permissions.ts'
import { toBroadcastPush } from './protocol/broadcast-payload.ts'
import type { JoinPayload } from './protocol/join.ts'
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
type Reply = { status: 'ok' | 'error'; response: Record<string, unknown> }
const OK: Reply = { status: 'ok', response: {} }
const refused = (reason: string): Reply => ({ status: 'error', response: { reason } })

const presencePush = z.object({ event: z.string(), payload: z.unknown().optional() })
const presenceMeta = z.record(z.string(), z.unknown()).default({})
const tokenPush = z.object({ access_token: z.string().nullish() })

/** One topic that a client has joined: first `join`, then its reply, then `start`. */
export class Channel implements Subscriber {
  readonly version: Version
  followsPresence = false

  readonly #parts: RealtimeParts
  readonly #link: ChannelLink
  readonly #name: string
  readonly #config: JoinPayload['config']
  readonly #isPrivate: boolean
  readonly #presenceKey: string
  readonly #permissions: ReturnType<typeof createPermissions>
  readonly #watches: ReturnType<typeof createChannelWatches>
  #token: string
  #claims: Claims = { role: 'anon' }
  #topic: Topic | undefined
  #stored: PreparedBroadcast[] = []
  #replayed = new Set<string>()
  /** Broadcasts that came while the client was still joining. */
  #held: PreparedBroadcast[] | null = []

  /** `name` is the topic without `realtime:`. */
  constructor(parts: RealtimeParts, link: ChannelLink, name: string, join: JoinPayload, token: string) {
    const { config } = join
    this.#parts = parts
    this.#link = link
    this.#name = name
    this.#config = config
    this.#token = token
    this.#isPrivate = config.private ?? false
    this.#presenceKey = config.presence?.key || randomUUID()
    this.#permissions = createPermissions(parts.sql, name, this.#isPrivate)
    this.#watches = createChannelWatches(parts.sql, parts.changes, config.postgres_changes ?? [])
    this.version = link.version
  }

  get mayReadBroadcasts(): boolean {
    return this.#permissions.read('broadcast')
  }

  get #fullName(): string {
    return `${TOPIC_PREFIX}${this.#name}`
  }

  send(frame: Buffer): void {
    this.#link.send(frame)
  }

  deliverBroadcast(broadcast: PreparedBroadcast): void {
    if (this.#held) this.#held.push(broadcast)
    else if (broadcast.id === null || !this.#replayed.has(broadcast.id)) this.#sendBroadcast(broadcast)
  }

  /** Lets the client in and resolves to what the reply holds; refuses with a `Refusal`. */
  async join(): Promise<Record<string, unknown>> {
    this.#claims = await verifySession(this.#parts.verifyToken, this.#token)
    const { replay } = this.#config.broadcast ?? {}
    if (replay && !this.#isPrivate) {
      throw new Refusal('UnableToReplayMessages: Replay is not allowed for public channels')
    }
    await this.#permissions.renew(this.#claims)
    // First the live messages are held, then the stored ones are read: nothing falls between.
    this.#topic = this.#parts.topics.enter(this.#fullName, this.#isPrivate, this)
    if (replay && this.mayReadBroadcasts) {
      this.#stored = await replayStored(this.#parts.sql, this.#name, replay.since, replay.limit)
      this.#replayed = new Set(this.#stored.flatMap(({ id }) => id ?? []))
    }
    if (this.#config.postgres_changes_options?.wait) await this.#watch().catch(toRefusal)
    return { postgres_changes: this.#watches.described }
  }

  /** Sends what follows the reply to a join. */
  start(): void {
    const held = this.#held ?? []
    this.#held = null
    for (const broadcast of this.#stored) this.#sendBroadcast(broadcast)
    for (const broadcast of held) this.deliverBroadcast(broadcast)
    this.#stored = []
    if (this.#config.presence?.enabled) this.#followPresence()
    if (this.#config.broadcast?.replication_ready) {
      this.#parts
        .whenReplicating()
        .then(() => this.#tell('system', 'ok', 'Replication connection established'))
    }
    if (this.#watches.described.length === 0) return
    this.#watch().then(
      () => this.#tell('postgres_changes', 'ok', 'Subscribed to PostgreSQL'),
      (error: unknown) => this.#tell('postgres_changes', 'error', messageOf(error)),
    )
  }

  /** Takes a message of the client; what it resolves to is the reply, null when there is none. */
  handle({ event, payload }: Message): Reply | null | Promise<Reply | null> {
    if (event === 'broadcast') return this.#handleBroadcast(payload)
    if (event === 'presence') return this.#handlePresence(payload)
    if (event === 'access_token') return this.#handleToken(payload)
    return null
  }

  /** Closes the channel when its token has expired. `now` in ms since 1970. */
  checkExpiry(now: number): void {
    const { exp } = this.#claims
    if (exp !== undefined && exp * 1000 <= now) this.#shutDown(expiryMessage(now / 1000 - exp))
  }

  leave(): void {
    if (this.#topic) this.#parts.topics.leave(this.#topic, this.#isPrivate, this)
    this.#topic = undefined
    this.#watches.stop()
  }

  #sendBroadcast(broadcast: PreparedBroadcast): void {
    const frame = broadcast.frame(this.version)
    if (frame) this.#link.send(frame)
  }

  #handleBroadcast(payload: unknown): Reply | null | Promise<Reply | null> {
    const push = toBroadcastPush(payload)
    if (!push) return null
    const may = this.#permissions.write('broadcast')
    // Nobody waits where nothing has to be asked.
    if (may instanceof Promise) return may.then((answer) => (answer ? this.#broadcast(push) : null))
    return may ? this.#broadcast(push) : null
  }

  #broadcast(push: BroadcastPush): Reply | null {
    const { self, ack } = this.#config.broadcast ?? {}
    publish(this.#topic, prepareBroadcast(this.#fullName, push), self ? undefined : this)
    return ack ? OK : null
  }

  async #handlePresence(payload: unknown): Promise<Reply> {
    const push = presencePush.safeParse(payload).data
    const event = push?.event.toLowerCase()
    if (event === 'untrack') {
      this.#topic?.presence.untrack(this)
      return OK
    }
    if (event !== 'track') return refused('Unknown presence event')
    const meta = presenceMeta.safeParse(push?.payload)
    if (!meta.success) return refused('Presence track payload must be a map')
    if (!(await this.#permissions.write('presence'))) return { status: 'error', response: {} }
    this.#topic?.presence.track(this, this.#presenceKey, meta.data)
    return OK
  }

  /** A new token: the policies are asked anew, and lost rights end the channel. There is no reply. */
  async #handleToken(payload: unknown): Promise<null> {
    const token = tokenPush.safeParse(payload).data?.access_token
    if (!token || token.startsWith('sb_') || token === this.#token) return null
    try {
      const claims = await verifySession(this.#parts.verifyToken, token)
      await this.#permissions.renew(claims)
      this.#token = token
      this.#claims = claims
      this.#watches.renew(claims)
    } catch (error) {
      this.#shutDown(messageOf(error))
    }
    return null
  }

  #followPresence(): void {
    if (!this.#topic || !this.#permissions.read('presence')) return
    // What changed so far is in the state; the diffs that follow must begin after it.
    this.#topic.flushPresence()
    this.#link.push('presence_state', this.#topic.presence.state())
    this.followsPresence = true
  }

  async #watch(): Promise<void> {
    await this.#parts.whenReplicating()
    await this.#watches.start({
      version: this.version,
      topicName: this.#fullName,
      claims: this.#claims,
      send: (frame) => this.#link.send(frame),
    })
  }

  #tell(extension: string, status: 'ok' | 'error', message: string): void {
    if (this.#topic) this.#link.push('system', { extension, status, message, channel: this.#name })
  }

  #shutDown(message: string): void {
    this.#tell('system', 'error', message)
    this.#link.close()
  }
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
