import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuseAt } from '../../http/refuse.ts'
import { NodeEventStream } from './node-event-stream.ts'
import { parseEventsRequest, parsePollRequest } from './parse-stream-request.ts'
import { pollHeaders } from './stream-text.ts'
import type { Streams } from './streams.ts'

/** A line on which all is acknowledged is asked after this, ten times, once a second (libuv, `uv_tcp_keepalive`). */
const keepAliveAfterInMs = 10_000

type Asked = { id: string; path: string; query: URLSearchParams }

/** `GET /api/sessions/[id]/events` on bare node:http. */
export async function respondWithEvents(
  streams: Streams,
  request: IncomingMessage,
  response: ServerResponse,
  { id, path, query }: Asked,
): Promise<void> {
  const { hub, authorise, random } = streams
  try {
    const { sessionId, after } = parseEventsRequest(id, query, headerOf(request, 'last-event-id'))
    const grant = await authorise(sessionId, request.headers)
    if (response.destroyed) return
    forgetHeaders(request)
    request.socket.setNoDelay(true)
    request.socket.setKeepAlive(true, keepAliveAfterInMs)
    const stream = new NodeEventStream(response, grant, random)
    stream.opened(await hub.open(sessionId, stream, after))
  } catch (thrown) {
    await refuse(streams, response, path, thrown)
  }
}

/** `GET /api/sessions/[id]/poll` on bare node:http. */
export async function respondWithPoll(
  streams: Streams,
  request: IncomingMessage,
  response: ServerResponse,
  { id, path, query }: Asked,
): Promise<void> {
  const abort = new AbortController()
  response.once('close', () => abort.abort())
  try {
    const asked = parsePollRequest(id, query)
    const json = await streams.answerPoll(asked.sessionId, asked.query, request.headers, abort.signal)
    if (json === null) return
    response.writeHead(200, { ...pollHeaders, 'content-length': Buffer.byteLength(json) })
    response.end(json)
  } catch (thrown) {
    await refuse(streams, response, path, thrown)
  }
}

async function refuse(
  { log }: Streams,
  response: ServerResponse,
  path: string,
  thrown: unknown,
): Promise<void> {
  const refusal = refuseAt(path, thrown, log)
  // What has begun cannot be refused any more: whoever reads notices and comes back.
  if (response.headersSent) response.destroy()
  else response.writeHead(refusal.status, Object.fromEntries(refusal.headers)).end(await refusal.text())
}

/** Cookies are some kilobytes a person, and nobody asks for them again while the stream is open. */
function forgetHeaders(request: IncomingMessage): void {
  request.headers = {}
  request.rawHeaders.length = 0
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}
