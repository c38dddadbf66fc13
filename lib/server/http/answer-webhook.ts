import type { Log } from '../log.ts'
import { refuse } from './refuse.ts'

/**
 * Answers a request of another machine's: it comes without an origin and a session of ours, so `handle` finds out whose it is,
 * and throws where it is nobody's. What `handle` returns becomes the JSON of a 200.
 */
export async function answerWebhook(
  path: string,
  log: Log,
  handle: (log: Log) => Promise<object>,
): Promise<Response> {
  const requestId = crypto.randomUUID()
  const requestLog = log.child({ requestId, path })
  try {
    const said = await handle(requestLog)
    return Response.json(said, { headers: { 'cache-control': 'no-store', 'x-request-id': requestId } })
  } catch (thrown) {
    return refuse(thrown, requestLog, requestId)
  }
}
