import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js'
import { nextRetryDelayInMs } from '#lib/domain/retry/retry-delay.ts'
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
      let channelNumber = 0
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
        if (closed || channel) return
        channelNumber = listener.channel()
        const topic = sessionTopic(sessionId, channelNumber)
        const opened: RealtimeChannel = createChannel(supabase, topic, listener, () => channel !== opened)
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
          if (status === 'CLOSED') {
            channel = null
            reopenLater()
          }
          // Refused: it may be that the room has moved on to another channel, and the log says where.
          if (status === 'CHANNEL_ERROR') listener.onGap()
        })
      }

      const leaveChannel = (): void => {
        const left = channel
        // First: leaving tells the listener of the channel that it is closed.
        channel = null
        if (left) leaving = supabase.removeChannel(left)
      }

      /** Nothing is said any more where we are. What is missed on the way is in the log. */
      const followRoom = (): void => {
        if (!channel || listener.channel() === channelNumber) return
        leaveChannel()
        void openChannel()
      }

      listener.onState({ status: 'connecting' })
      void openChannel()
      return {
        check: (reason) => {
          if (reason === 'channel_changed') return followRoom()
          clearTimeout(checkTimer)
          checkTimer = checkHeartbeat(supabase)
        },
        close: () => {
          closed = true
          clearTimeout(reopenTimer)
          clearTimeout(checkTimer)
          leaveChannel()
        },
      }
    },
  }
}

function createChannel(
  supabase: SupabaseClient,
  topic: string,
  listener: TransportListener,
  isLeft: () => boolean,
): RealtimeChannel {
  const channel = supabase.channel(topic, { config: { private: true } })
  channel.on('broadcast', { event: envelopeEventName }, ({ payload }) => {
    const envelope = envelopeSchema.safeParse(payload)
    if (envelope.success && !isLeft()) listener.onEnvelope(envelope.data)
  })
  channel.on('presence', { event: 'sync' }, () => {
    if (!isLeft()) listener.onPresence(unitePresence(channel.presenceState()))
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
