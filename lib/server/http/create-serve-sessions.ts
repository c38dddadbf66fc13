import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { CodedError } from '#lib/protocol/errors.ts'
import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { accessTokenOf } from '../db/access-token.ts'
import type { Rpc } from '../db/clients.ts'
import type { VerifyToken } from '../db/verify-token.ts'
import type { Log } from '../log.ts'
import { answerOnNode, answerRefusalOnNode, headersOf } from './answer-on-node.ts'
import { isOwnOrigin } from './app-origin.ts'
import { parseInput } from './parse-input.ts'
import { readNodeJson } from './read-node-json.ts'
import { refuseAt } from './refuse.ts'
import type { SessionRoute } from './session-route.ts'

/** By method and the last part of the address: `POST join`. */
export type SessionRoutes = Readonly<Record<`${'GET' | 'POST'} ${string}`, SessionRoute>>

export type ServeSessionsDeps = {
  routes: SessionRoutes
  verify: VerifyToken
  /** A client that acts as whoever holds this token. */
  actAs: (accessToken: string) => Rpc
  log: Log
}

/** @returns whether the request was answered; every other one was not touched */
export type ServeSessions = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

const pathPattern = /^\/api\/sessions\/([^/?#]+)\/([^/?#]+)$/
const bodyMaxBytes = 16 * 1024

/**
 * Serves what many people ask of a session on bare node:http: Next takes several times as long for it. Whoever brings no
 * valid access token is left to Next's route of the same address, which renews it or refuses.
 */
export function createServeSessions({ routes, verify, actAs, log }: ServeSessionsDeps): ServeSessions {
  const routeByPlace = new Map(Object.entries(routes))
  return async (request, response) => {
    const [, id, name] = pathPattern.exec(request.url ?? '') ?? []
    const route = routeByPlace.get(`${request.method} ${name}`)
    if (id === undefined || !route) return false
    const accessToken = await accessTokenOf({ cookie: request.headers.cookie })
    const person = accessToken === null ? null : await verify(accessToken).catch(() => null)
    if (accessToken === null || person === null) return false
    try {
      if (request.method !== 'GET' && !isOwnOrigin(headersOf(request))) throw new CodedError('bad_origin')
      const { id: sessionId } = parseInput(sessionParamsSchema, { id })
      const body = await bodyOf(route, request)
      const result = await route.run({ userId: person.userId, db: actAs(accessToken) }, sessionId, body)
      answerOnNode(response, 200, jsonHeaders(), JSON.stringify(result))
    } catch (thrown) {
      await answerRefusalOnNode(response, refuseAt(request.url ?? '', thrown, log))
    }
    return true
  }
}

async function bodyOf({ body }: SessionRoute, request: IncomingMessage): Promise<unknown> {
  if (body) return parseInput(body, await readNodeJson(request, bodyMaxBytes))
  // Read to its end all the same, which frees the request.
  request.resume()
  return undefined
}

const jsonHeaders = () => ({
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-request-id': randomUUID(),
})
