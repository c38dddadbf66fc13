import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js'
import { z } from 'zod'
import { nextRetryDelayInMs } from '#lib/client/session/retry-delay.ts'
import { envelopeEventName, envelopeSchema, sessionTopic } from '#lib/protocol/envelope.ts'
import type { Transport, TransportListener } from './transport.ts'

/** Presence is what each client says of itself: anything may stand there. */
const presenceSchema = z.record(
  z.string(),
  z.array(z.looseObject({ userId: z.uuid().optional().catch(undefined) })),
)

/**
 * The way down over Supabase Realtime: the session's private channel, Broadcast for envelopes, Presence for who is
 * here. realtime-js reconnects the socket and joins again by itself; what it gives up (the server closed the channel,
 * as it does when a token ran out during sleep) is opened anew here.
 */
export function createSupabaseWebsocket(supabase: SupabaseClient, userId: string): Transport {
  return {
    name: 'websocket',
    open: (sessionId, listener) => {
      let channel: RealtimeChannel | null = null
      let attempt = 0
      let closed = false
      let timer: ReturnType<typeof setTimeout> | undefined

      const reopenLater = (): void => {
        clearTimeout(timer)
        timer = setTimeout(() => void openChannel(), nextRetryDelayInMs(attempt++, Math.random))
      }

      const openChannel = async (): Promise<void> => {
        // A private channel is joined with the token that the socket holds by then.
        await supabase.realtime.setAuth()
        if (closed) return
        const opened = createChannel(supabase, sessionId, listener)
        channel = opened
        opened.subscribe((status) => {
          if (closed || channel !== opened) return
          if (status === 'SUBSCRIBED') {
            attempt = 0
            listener.onState('open')
            void opened.track({ userId })
            return
          }
          listener.onState('down')
          if (status === 'CLOSED') reopenLater()
        })
      }

      listener.onState('connecting')
      void openChannel()
      return {
        close: () => {
          closed = true
          clearTimeout(timer)
          if (channel) void supabase.removeChannel(channel)
        },
      }
    },
  }
}

function createChannel(
  supabase: SupabaseClient,
  sessionId: string,
  listener: TransportListener,
): RealtimeChannel {
  const channel = supabase.channel(sessionTopic(sessionId), { config: { private: true } })
  channel.on('broadcast', { event: envelopeEventName }, ({ payload }) => {
    const envelope = envelopeSchema.safeParse(payload)
    if (envelope.success) listener.onEnvelope(envelope.data)
  })
  channel.on('presence', { event: 'sync' }, () => {
    const presence = presenceSchema.safeParse(channel.presenceState())
    const entries = Object.values(presence.data ?? {}).flat()
    listener.onPresence?.([...new Set(entries.flatMap((entry) => entry.userId ?? []))])
  })
  return channel
}
