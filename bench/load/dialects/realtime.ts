import { z } from 'zod'
import { envelopeEventName, sessionTopic } from '#lib/protocol/envelope.ts'
import type { Dialect } from './dialect.ts'
import { converse } from './websocket.ts'
import { clientFrame } from './websocket-bytes.ts'

const message = z.object({
  event: z.string(),
  ref: z.string().nullish(),
  payload: z.looseObject({
    status: z.string().optional(),
    event: z.string().optional(),
    payload: z.unknown().optional(),
  }),
})

/** Supabase Realtime (Phoenix channels, first serialisation): a private channel, as `supabase-js` joins it. */
export const realtime: Dialect = (spec, listener) => {
  const topic = `realtime:${sessionTopic(spec.sessionId, 0)}`
  let isOpen = false
  const say = (frame: object): void => listener.send(clientFrame(JSON.stringify(frame)))
  return converse(spec, listener, {
    isOpen: () => isOpen,
    onUpgraded: (token) =>
      say({
        topic,
        event: 'phx_join',
        ref: '1',
        join_ref: '1',
        payload: { config: { private: true, broadcast: {}, presence: {} }, access_token: token },
      }),
    onText: (text) => {
      const { event, ref, payload } = message.parse(JSON.parse(text))
      if (event === 'phx_reply' && ref === '1') {
        if (payload.status !== 'ok') return listener.onError(text)
        isOpen = true
        listener.onOpen()
      } else if (event === 'broadcast' && payload.event === envelopeEventName)
        listener.onEnvelope(payload.payload)
    },
    keepAlive: () => say({ topic: 'phoenix', event: 'heartbeat', ref: '2', payload: {} }),
  })
}
