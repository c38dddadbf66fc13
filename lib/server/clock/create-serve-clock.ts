import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerOnNode } from '../http/answer-on-node.ts'

/** @returns whether the request was answered; every other one was not touched */
export type ServeClock = (request: IncomingMessage, response: ServerResponse) => boolean

const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }

/**
 * Tells the server's time on bare node:http: every listener asks every 2 to 5 s, so ten thousand ask three thousand times a
 * second. Next's route of the same name is the portable form.
 */
export function createServeClock(serverTimeInMs: () => number): ServeClock {
  return (request, response) => {
    if (request.method !== 'GET' || request.url !== '/api/clock') return false
    request.resume()
    answerOnNode(response, 200, headers, JSON.stringify({ serverTimeInMs: serverTimeInMs() }))
    return true
  }
}
