import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

const messagesSchema = z
  .array(
    z.strictObject({
      to: z.string().regex(/^ExponentPushToken\[[\w-]+\]$/),
      title: z.string().min(1),
      body: z.string().min(1),
      data: z.strictObject({ id: z.string(), topic: z.string(), path: z.string() }),
      ttl: z.number().int().nonnegative(),
      priority: z.enum(['default', 'normal', 'high']),
    }),
  )
  .min(1)
  .max(100)
const receiptsSchema = z.strictObject({ ids: z.array(z.string()).min(1).max(1000) })

type ExpoMessage = z.infer<typeof messagesSchema>[number]
type Trouble = 'DeviceNotRegistered' | 'MessageRateExceeded' | 'MessageTooBig'

export type TestExpoService = {
  url: string
  received: ExpoMessage[]
  /** The sizes of the requests to send. */
  requests: number[]
  /** What a token's messages come to: at once in the ticket, or later in the receipt. */
  fail: (token: string, when: 'ticket' | 'receipt', trouble: Trouble) => void
  /** Answers the next request with an HTTP status. */
  failNext: (status: number) => void
  complaints: string[]
  close: () => Promise<void>
}

const trouble = (error: Trouble) => ({ status: 'error', message: error, details: { error } })

/** Expo's push service as its documentation has it, strict about what it takes; an access token is demanded. */
export async function startExpoService(accessToken: string): Promise<TestExpoService> {
  const received: ExpoMessage[] = []
  const requests: number[] = []
  const complaints: string[] = []
  const troubles = new Map<string, Trouble>()
  const tokenByTicket = new Map<string, string>()
  const failures: number[] = []

  const send = (body: unknown) => {
    const messages = messagesSchema.parse(body)
    requests.push(messages.length)
    return messages.map((message) => {
      const failure = troubles.get(`ticket ${message.to}`)
      if (failure) return trouble(failure)
      received.push(message)
      const id = randomUUID()
      tokenByTicket.set(id, message.to)
      return { status: 'ok', id }
    })
  }
  const receipts = (body: unknown) =>
    Object.fromEntries(
      receiptsSchema.parse(body).ids.flatMap((id) => {
        const token = tokenByTicket.get(id)
        if (!token) return []
        const failure = troubles.get(`receipt ${token}`)
        return [[id, failure ? trouble(failure) : { status: 'ok' }]]
      }),
    )
  const answer = async (request: IncomingMessage): Promise<{ status: number; body: unknown }> => {
    const failure = failures.shift()
    if (failure) return { status: failure, body: { errors: [{ code: 'FAILED', message: 'as told' }] } }
    try {
      if (request.headers.authorization !== `Bearer ${accessToken}`) throw new Error('no access token')
      if (request.headers['content-type'] !== 'application/json') throw new Error('no JSON')
      const body: unknown = JSON.parse(Buffer.concat(await request.toArray()).toString())
      if (request.url === '/--/api/v2/push/send') return { status: 200, body: { data: send(body) } }
      if (request.url === '/--/api/v2/push/getReceipts')
        return { status: 200, body: { data: receipts(body) } }
      throw new Error(`nothing at ${request.url}`)
    } catch (error) {
      complaints.push(String(error))
      return { status: 400, body: { errors: [{ code: 'VALIDATION_ERROR', message: String(error) }] } }
    }
  }

  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    requests,
    fail: (token, when, failure) => void troubles.set(`${when} ${token}`, failure),
    failNext: (status) => void failures.push(status),
    complaints,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
