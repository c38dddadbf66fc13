import { refuseAt } from '../../http/refuse.ts'
import { parseEventsRequest, parsePollRequest } from './parse-stream-request.ts'
import { pollHeaders, streamHeaders } from './stream-text.ts'
import type { Streams } from './streams.ts'
import { WebEventStream } from './web-event-stream.ts'

/** `GET /api/sessions/[id]/events` for route handlers. */
export async function respondWithEvents(streams: Streams, request: Request, id: string): Promise<Response> {
  const { hub, authorise, random, log } = streams
  const { pathname, searchParams } = new URL(request.url)
  try {
    const lastEventId = request.headers.get('last-event-id')
    const { sessionId, after } = parseEventsRequest(id, searchParams, lastEventId)
    const grant = await authorise(sessionId, credentialsOf(request))
    const stream = new WebEventStream(grant, random, request.signal)
    stream.opened(await hub.open(sessionId, stream, after))
    return new Response(stream.body, { headers: streamHeaders })
  } catch (thrown) {
    return refuseAt(pathname, thrown, log)
  }
}

/** `GET /api/sessions/[id]/poll` for route handlers. */
export async function respondWithPoll(streams: Streams, request: Request, id: string): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url)
  try {
    const { sessionId, query } = parsePollRequest(id, searchParams)
    const json = await streams.answerPoll(sessionId, query, credentialsOf(request), request.signal)
    return new Response(json, { headers: pollHeaders })
  } catch (thrown) {
    return refuseAt(pathname, thrown, streams.log)
  }
}

function credentialsOf({ headers }: Request) {
  return { authorization: headers.get('authorization'), cookie: headers.get('cookie') }
}
