import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js'
import { nextRetryDelayInMs } from '#lib/client/session/retry-delay.ts'
import { envelopeEventName, envelopeSchema, sessionTopic } from '#lib/protocol/envelope.ts'
import { unitePresence } from './presence.ts'
import type { Transport, TransportListener } from './transport.ts'

/** A socket that does not answer a heartbeat within this time is dead. */
const answersWithinInMs = 3_000

/**
 * The way down over Supabase Realtime: the session's private channel, Broadcast for envelopes, Presence for who is
 * here. realtime-js reconnects the socket and joins again by itself; what it gives up (the server closed the channel,
 * as it does when a token ran out during sleep) is opened anew here. Broadcast resumes nothing: each opening is a gap.
 */
export function createSupabaseWebsocket(supabase: SupabaseClient, userId: string): Transport {
  // A channel that is being left would be handed out again for the same session.
  let leaving: Promise<unknown> = Promise.resolve()
  return {
    open: (sessionId, listener) => {
      let channel: RealtimeChannel | null = null
      let attempt = 0
      let closed = false
      let reopenTimer: ReturnType<typeof setTimeout> | undefined
      let checkTimer: ReturnType<typeof setTimeout> | undefined

      const reopenLater = (): void => {
        clearTimeout(reopenTimer)
        reopenTimer = setTimeout(() => void openChannel(), nextRetryDelayInMs(attempt++, Math.random))
      }

      const openChannel = async (): Promise<void> => {
        await leaving
        // A private channel is joined with the token that the socket holds by then.
        await supabase.realtime.setAuth()
        if (closed) return
        const opened = createChannel(supabase, sessionId, listener, () => closed)
        channel = opened
        opened.subscribe((status) => {
          if (closed || channel !== opened) return
          if (status === 'SUBSCRIBED') {
            attempt = 0
            listener.onState({ status: 'open', way: 'websocket' })
            listener.onGap()
            void opened.track({ userId })
            return
          }
          listener.onState({ status: 'down', retryInMs: null })
          if (status === 'CLOSED') reopenLater()
        })
      }

      listener.onState({ status: 'connecting' })
      void openChannel()
      return {
        check: () => {
          clearTimeout(checkTimer)
          checkTimer = checkHeartbeat(supabase)
        },
        close: () => {
          closed = true
          clearTimeout(reopenTimer)
          clearTimeout(checkTimer)
          if (channel) leaving = supabase.removeChannel(channel)
        },
      }
    },
  }
}

function createChannel(
  supabase: SupabaseClient,
  sessionId: string,
  listener: TransportListener,
  isClosed: () => boolean,
): RealtimeChannel {
  const channel = supabase.channel(sessionTopic(sessionId), { config: { private: true } })
  channel.on('broadcast', { event: envelopeEventName }, ({ payload }) => {
    const envelope = envelopeSchema.safeParse(payload)
    if (envelope.success && !isClosed()) listener.onEnvelope(envelope.data)
  })
  channel.on('presence', { event: 'sync' }, () => {
    if (!isClosed()) listener.onPresence(unitePresence(channel.presenceState()))
  })
  return channel
}

/**
 * Asks for a sign of life. To realtime-js a heartbeat that is due while the last one is unanswered means that the
 * socket is dead, and it reconnects: so the second one is sent early. Gives the timer of the second one.
 */
function checkHeartbeat({ realtime }: SupabaseClient): ReturnType<typeof setTimeout> {
  // The token may have run out during sleep; a channel that joins again takes the socket's.
  void realtime.setAuth()
  // A socket that waits for its next try does not wait any longer.
  if (!realtime.isConnected()) realtime.connect()
  if (realtime.pendingHeartbeatRef === null) void realtime.sendHeartbeat()
  const unanswered = realtime.pendingHeartbeatRef
  return setTimeout(() => {
    if (unanswered !== null && realtime.pendingHeartbeatRef === unanswered) void realtime.sendHeartbeat()
  }, answersWithinInMs)
}
