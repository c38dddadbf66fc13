import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { accessTokenOf } from '../db/access-token.ts'
import type { VerifyToken } from '../db/verify-token.ts'
import type { Log } from '../log.ts'
import { answerOnNode, answerRefusalOnNode, headersOf } from './answer-on-node.ts'
import { isOwnOrigin } from './app-origin.ts'
import { parseInput } from './parse-input.ts'
import { readNodeJson } from './read-node-json.ts'
import { refuseAt } from './refuse.ts'

/** Who posts, by a token that was verified. */
export type Caller = { accessToken: string; userId: string }

export type PostDeps<S extends z.ZodType> = {
  /** The last part of the address: `/api/sessions/[id]/<name>`. */
  name: string
  body: S
  verify: VerifyToken
  run: (caller: Caller, sessionId: string, body: z.output<S>) => Promise<unknown>
  log: Log
}

/** @returns whether the request was answered; every other one was not touched */
export type ServePost = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

const bodyMaxBytes = 16 * 1024

/**
 * Serves `POST /api/sessions/[id]/<name>` on bare node:http, for what many people post again and again: Next takes several
 * times as long for it. Whoever brings no valid access token is left to Next's route of the same name, which renews it or
 * refuses.
 */
export function createServePost<S extends z.ZodType>({
  name,
  body,
  verify,
  run,
  log,
}: PostDeps<S>): ServePost {
  const pathPattern = new RegExp(`^/api/sessions/([^/?#]+)/${name}$`)
  return async (request, response) => {
    const [, id] = pathPattern.exec(request.url ?? '') ?? []
    if (id === undefined || request.method !== 'POST') return false
    const accessToken = await accessTokenOf({ cookie: request.headers.cookie })
    const person = accessToken === null ? null : await verify(accessToken).catch(() => null)
    if (accessToken === null || person === null) return false
    try {
      if (!isOwnOrigin(headersOf(request))) throw new CodedError('bad_origin')
      const { id: sessionId } = parseInput(sessionParamsSchema, { id })
      const parsed = parseInput(body, await readNodeJson(request, bodyMaxBytes))
      const result = await run({ accessToken, userId: person.userId }, sessionId, parsed)
      answerOnNode(response, 200, jsonHeaders(), JSON.stringify(result))
    } catch (thrown) {
      await answerRefusalOnNode(response, refuseAt(request.url ?? '', thrown, log))
    }
    return true
  }
}

const jsonHeaders = () => ({
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-request-id': randomUUID(),
})
