import { Agent, request } from 'node:http'
import { json } from 'node:stream/consumers'

/** People keep their connections; as many as are under way at once. */
const agent = new Agent({ keepAlive: true, maxSockets: 256 })

export type JsonRequest = {
  port: number
  path: string
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: object
}

export class RefusedRequest extends Error {
  readonly body: unknown

  constructor(path: string, status: number, body: unknown) {
    super(`${path} answered ${status}: ${JSON.stringify(body)}`)
    this.body = body
  }
}

/** Sends a request to a server on this machine and resolves with its JSON. @throws RefusedRequest */
export async function requestJson(asked: JsonRequest): Promise<unknown> {
  const { port, path, method = 'POST', headers = {}, body } = asked
  const answered = Promise.withResolvers<{ status: number; body: unknown }>()
  const sending = request(
    {
      agent,
      port,
      path,
      method,
      host: '127.0.0.1',
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    },
    (response) => {
      const status = response.statusCode ?? 0
      json(response).then((answer) => answered.resolve({ status, body: answer }), answered.reject)
    },
  )
  sending.on('error', (error: NodeJS.ErrnoException) => {
    // A kept connection may be closed by the server just as it is used again.
    if (sending.reusedSocket && error.code === 'ECONNRESET') answered.resolve(retry(asked))
    else answered.reject(error)
  })
  sending.end(body && JSON.stringify(body))
  const { status, body: answer } = await answered.promise
  if (status !== 200) throw new RefusedRequest(path, status, answer)
  return answer
}

async function retry(asked: JsonRequest): Promise<{ status: number; body: unknown }> {
  return { status: 200, body: await requestJson(asked) }
}
