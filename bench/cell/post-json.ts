import { Agent, request } from 'node:http'
import { json } from 'node:stream/consumers'

/** People keep their connections; as many as are under way at once. */
const agent = new Agent({ keepAlive: true, maxSockets: 256 })

/** Posts JSON and resolves with the answer's. @throws when it is refused. */
export async function postJson(
  port: number,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const answered = Promise.withResolvers<{ status: number; body: unknown }>()
  const sending = request(
    {
      agent,
      port,
      path,
      host: '127.0.0.1',
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    },
    (response) => {
      const status = response.statusCode ?? 0
      json(response).then((answer) => answered.resolve({ status, body: answer }), answered.reject)
    },
  )
  sending.on('error', answered.reject)
  sending.end(JSON.stringify(body))
  const { status, body: answer } = await answered.promise
  if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(answer)}`)
  return answer
}
