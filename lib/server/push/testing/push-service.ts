import { createECDH, type ECDH, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decrypt } from 'http_ece'
import { importJWK, jwtVerify } from 'jose'
import { z } from 'zod'
import type { PushMessage } from '#lib/protocol/push-message.ts'
import { pushMessageSchema } from '#lib/protocol/push-message.ts'

/** A browser's subscription, as its PushSubscription gives it as JSON. */
export type TestSubscription = { endpoint: string; keys: { p256dh: string; auth: string } }

export type ReceivedPush = {
  endpoint: string
  message: PushMessage
  ttlInSeconds: number
  urgency: string | undefined
  topic: string | undefined
  subject: string | undefined
}

/** What a subscription's next message is answered with, in place of 201. */
export type ToldAnswer = { status: number; headers?: Record<string, string> }

export type TestPushService = {
  origin: string
  /** Subscribes a browser for one server's key, as `pushManager.subscribe` does. */
  subscribe: (vapidPublicKey: string) => TestSubscription
  /** Answers the next messages to a subscription as told, one after the other. */
  answerNext: (subscription: TestSubscription, ...answers: ToldAnswer[]) => void
  /** Every message that was taken, decrypted. */
  received: ReceivedPush[]
  /** Every request that was not as the standards want it. */
  complaints: string[]
  close: () => Promise<void>
}

type Receiver = { ecdh: ECDH; auth: string; vapidPublicKey: string; answers: ToldAnswer[] }

class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** What RFC 8030 lets be asked of every service (7.2). */
const mostBytes = 4096
const mostLifetimeInSeconds = 24 * 60 * 60

/**
 * A push service that takes nothing on trust: the request's headers (RFC 8030), the server's signature (RFC 8292) and
 * the encryption for the one browser (RFC 8291) have to be right.
 */
export async function startPushService(port = 0): Promise<TestPushService> {
  const receivers = new Map<string, Receiver>()
  const received: ReceivedPush[] = []
  const complaints: string[] = []

  const take = async (request: IncomingMessage): Promise<ToldAnswer> => {
    const endpoint = `${origin}${request.url}`
    const receiver = receivers.get(endpoint)
    if (request.method !== 'POST') throw new Refused(405, `${request.method} is no way to send`)
    if (!receiver) throw new Refused(404, 'no such subscription')
    const headers = headersSchema.safeParse(request.headers)
    if (!headers.success) throw new Refused(400, `headers: ${z.prettifyError(headers.error)}`)
    const subject = await verifyVapid(headers.data.authorization, receiver.vapidPublicKey, origin)
    const body = Buffer.concat(await request.toArray())
    if (body.length > mostBytes) throw new Refused(413, `${body.length} bytes`)
    const message = open(body, receiver)
    const told = receiver.answers.shift() ?? {
      status: 201,
      headers: { location: `${origin}/messages/${randomUUID()}` },
    }
    if (told.status === 201) {
      const { ttl: ttlInSeconds, urgency, topic } = headers.data
      received.push({ endpoint, message, ttlInSeconds, urgency, topic, subject })
    }
    return told
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const { status, headers } = await take(request)
      response.writeHead(status, headers).end()
    } catch (error) {
      complaints.push(String(error))
      response.writeHead(error instanceof Refused ? error.status : 500).end(String(error))
    }
  }

  const server = createServer((request, response) => void answer(request, response))
  await once(server.listen(port, '127.0.0.1'), 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    origin,
    subscribe(vapidPublicKey) {
      const ecdh = createECDH('prime256v1')
      const p256dh = ecdh.generateKeys('base64url')
      const auth = randomBytes(16).toString('base64url')
      const endpoint = `${origin}/push/${randomUUID()}`
      receivers.set(endpoint, { ecdh, auth, vapidPublicKey, answers: [] })
      return { endpoint, keys: { p256dh, auth } }
    },
    answerNext: ({ endpoint }, ...answers) => receivers.get(endpoint)?.answers.push(...answers),
    received,
    complaints,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const headersSchema = z.object({
  ttl: z.string().regex(/^\d+$/).transform(Number),
  'content-encoding': z.literal('aes128gcm'),
  authorization: z.string(),
  urgency: z.enum(['very-low', 'low', 'normal', 'high']).optional(),
  topic: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,32}$/)
    .optional(),
})

/** Checks who sends: a signature by the key for which the browser subscribed, for this service, for a day at most. */
async function verifyVapid(
  authorization: string,
  publicKey: string,
  audience: string,
): Promise<string | undefined> {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? []
  if (key !== publicKey) throw new Refused(403, 'signed by another key than the subscription’s')
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
  const jwk = await importJWK({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, 'ES256')
  const { payload } = await jwtVerify(token, jwk, { algorithms: ['ES256'], audience }).catch(
    (error: unknown) => {
      throw new Refused(403, `the signature: ${error}`)
    },
  )
  if ((payload.exp ?? Infinity) - Date.now() / 1000 > mostLifetimeInSeconds)
    throw new Refused(403, 'valid too long')
  if (!/^(mailto:|https:)/.test(payload.sub ?? '')) throw new Refused(403, 'nobody to write to')
  return payload.sub
}

/** As the browser does it, and as the service worker parses it. */
function open(body: Buffer, { ecdh, auth }: Receiver): PushMessage {
  try {
    const text = decrypt(body, { version: 'aes128gcm', privateKey: ecdh, authSecret: auth })
    return pushMessageSchema.parse(JSON.parse(text.toString()))
  } catch (error) {
    throw new Refused(400, `the message: ${error}`)
  }
}
