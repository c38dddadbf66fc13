import { jitteredInMs, nextRetryDelayInMs } from '#lib/domain/retry/retry-delay.ts'
import type { ServerEnv } from '#lib/env/server.ts'
import { envelopeEventName, envelopeSchema, sessionTopic } from '#lib/protocol/envelope.ts'
import { type HubEntry, parsePresence } from '#lib/protocol/presence.ts'
import type { Db } from '#lib/server/db/clients.ts'
import { serviceRealtime } from '#lib/server/db/realtime-client.ts'
import type { OpenUpstream, Upstream, UpstreamListener } from './hub-deps.ts'
import { createRealtimePool, type RealtimeConnection } from './realtime-pool.ts'

/** realtime-js reconnects by itself; what has not come back by then is opened anew, on a connection of its own. */
const patienceInMs = 20_000

type Channel = ReturnType<Db['channel']>
type Opened = { connection: RealtimeConnection; channel: Channel }

/**
 * Sessions over Supabase Realtime, as the service: each a private channel with Broadcast for envelopes and Presence
 * for who is here.
 */
export function createSupabaseUpstream(
  env: ServerEnv,
  readChannel: (sessionId: string) => Promise<number>,
  random: () => number = Math.random,
): OpenUpstream {
  const pool = createRealtimePool(() =>
    serviceRealtime(env, (attempt) => nextRetryDelayInMs(attempt, random)),
  )

  return (sessionId, listener): Upstream => {
    let opened: Opened | null = null
    let channelNumber = 0
    let entry: HubEntry | null = null
    let isOpen = false
    let isClosed = false
    let failures = 0
    let timer: ReturnType<typeof setTimeout> | undefined

    const leave = (): void => {
      if (!opened) return
      const { connection, channel } = opened
      opened = null
      void connection.db.removeChannel(channel)
      pool.release(connection)
    }

    const reopenIn = (delayInMs: number): void => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        if (opened) pool.retire(opened.connection)
        leave()
        void open()
      }, delayInMs)
    }

    const onLost = (isStillConnected: boolean): void => {
      if (isOpen) listener.onState('down')
      isOpen = false
      // On a living connection it was the server's decision; realtime-js would ask the same again.
      reopenIn(isStillConnected ? nextRetryDelayInMs(failures++, random) : jitteredInMs(patienceInMs, random))
    }

    const moveTo = (channel: number): void => {
      if (isClosed || channel <= channelNumber) return
      channelNumber = channel
      if (isOpen) listener.onState('down')
      isOpen = false
      leave()
      void open()
    }

    const open = async (): Promise<void> => {
      reopenIn(jitteredInMs(patienceInMs, random))
      const known = await readChannel(sessionId).catch(() => null)
      if (isClosed || opened) return
      // Any channel would let the service in, also one in which nobody says anything any more.
      if (known === null) return reopenIn(nextRetryDelayInMs(failures++, random))
      channelNumber = Math.max(channelNumber, known)
      const topic = sessionTopic(sessionId, channelNumber)
      const connection = pool.acquire(topic)
      const channel = createChannel(connection.db, topic, listener)
      opened = { connection, channel }
      channel.subscribe((status) => {
        if (isClosed || opened?.channel !== channel) return
        if (status !== 'SUBSCRIBED') {
          onLost(connection.db.realtime.isConnected())
          return
        }
        clearTimeout(timer)
        failures = 0
        isOpen = true
        listener.onState('open')
        if (entry) void channel.track({ ...entry })
        // The room may have gone on since it was asked for, or while realtime-js came back by itself.
        readChannel(sessionId).then(moveTo, () => {})
      })
    }

    void open()
    return {
      track: (said) => {
        entry = said
        if (isOpen) void opened?.channel.track({ ...said })
      },
      moveTo,
      close: () => {
        isClosed = true
        clearTimeout(timer)
        leave()
      },
    }
  }
}

function createChannel(db: Db, topic: string, listener: UpstreamListener): Channel {
  const channel = db.channel(topic, { config: { private: true } })
  channel.on('broadcast', { event: envelopeEventName }, ({ payload }) => {
    const envelope = envelopeSchema.safeParse(payload)
    if (envelope.success) listener.onEnvelope(envelope.data)
  })
  channel.on('presence', { event: 'sync' }, () => listener.onPresence(parsePresence(channel.presenceState())))
  return channel
}
