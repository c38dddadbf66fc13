import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { z } from 'zod'
import type { Claims } from '../claims.ts'
import { mayWrite } from './authorize.ts'
import type { RealtimeParts } from './parts.ts'
import type { BroadcastPush } from './protocol/message.ts'
import { prepareBroadcast } from './protocol/prepared-broadcast.ts'
import { TOPIC_PREFIX } from './stored-messages.ts'
import { publish } from './topics.ts'

const MAX_BODY_BYTES = 3 * 1024 * 1024
const batch = z.object({
  messages: z.array(
    z.object({
      topic: z.string().min(1).max(240),
      event: z.string().min(1).max(255),
      payload: z.record(z.string(), z.unknown()),
      private: z.boolean().default(false),
    }),
  ),
})

/** Broadcast over HTTP, for senders without a WebSocket. */
export function broadcastRoutes({ sql, verifyToken, topics }: RealtimeParts): Hono {
  const app = new Hono()
  app.use(cors())

  async function claimsOf(c: Context): Promise<Claims | null> {
    const bearer = /^bearer\s+(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const token = bearer ?? c.req.header('apikey')
    return token ? verifyToken(token) : null
  }

  async function send(
    claims: Claims,
    topic: string,
    isPrivate: boolean,
    push: BroadcastPush,
  ): Promise<boolean> {
    if (isPrivate && !(await mayWrite(sql, claims, topic, 'broadcast'))) return false
    const name = `${TOPIC_PREFIX}${topic}`
    publish(topics.find(name, isPrivate), prepareBroadcast(name, push))
    return true
  }

  app.post('/api/broadcast', async (c) => {
    const claims = await claimsOf(c)
    if (!claims) return c.json({ error: 'Unauthorized' }, 401)
    const body = await readBody(c)
    const parsed = batch.safeParse(body && tryJson(body))
    if (!parsed.success) return c.json({ errors: z.flattenError(parsed.error).fieldErrors }, 422)
    for (const { topic, event, payload, private: isPrivate } of parsed.data.messages) {
      const bytes = Buffer.from(JSON.stringify(payload))
      // In a batch, what is not allowed is left out, as hosted Realtime does it.
      await send(claims, topic, isPrivate, { event, encoding: 'json', payload: bytes })
    }
    return c.body(null, 202)
  })

  app.post('/api/broadcast/:topic/events/:event', async (c) => {
    const claims = await claimsOf(c)
    if (!claims) return c.json({ error: 'Unauthorized' }, 401)
    const type = c.req.header('content-type') ?? ''
    const encoding = /^application\/json\b/i.test(type) ? 'json' : 'binary'
    if (encoding === 'binary' && !/^application\/octet-stream\b/i.test(type)) {
      return c.json({ error: 'Unsupported Media Type' }, 415)
    }
    const payload = await readBody(c)
    if (!payload || (encoding === 'json' && tryJson(payload) === undefined)) {
      return c.json({ error: 'The payload is too large or is not valid' }, 422)
    }
    const { topic, event } = c.req.param()
    if (c.req.query('persist') !== undefined) return c.json({ error: 'persist is not emulated' }, 422)
    const isPrivate = c.req.query('private') === 'true'
    const wasSent = await send(claims, topic, isPrivate, { event, encoding, payload })
    return wasSent ? c.body(null, 202) : c.json({ error: 'You are not allowed to send to this topic' }, 403)
  })

  return app
}

async function readBody(c: Context): Promise<Uint8Array | null> {
  const bytes = new Uint8Array(await c.req.arrayBuffer())
  return bytes.byteLength > MAX_BODY_BYTES ? null : bytes
}

function tryJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
