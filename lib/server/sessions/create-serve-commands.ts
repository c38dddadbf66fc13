import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Acknowledgement, type Command, commandSchema } from '#lib/protocol/commands.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { accessTokenOf } from '../db/access-token.ts'
import type { VerifyToken } from '../db/verify-token.ts'
import { isOwnOrigin } from '../http/app-origin.ts'
import { parseInput } from '../http/parse-input.ts'
import { readNodeJson } from '../http/read-node-json.ts'
import { refuseAt } from '../http/refuse.ts'
import type { Log } from '../log.ts'

export type CommandsDeps = {
  verify: VerifyToken
  run: (accessToken: string, userId: string, sessionId: string, command: Command) => Promise<Acknowledgement>
  log: Log
}

/** @returns whether the request was answered; every other one was not touched */
export type ServeCommands = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

const pathPattern = /^\/api\/sessions\/([^/?#]+)\/commands$/
const bodyMaxBytes = 16 * 1024

/**
 * Serves `POST /api/sessions/[id]/commands` on bare node:http: a lively room asks nothing as often, and Next takes several
 * times as long for it. Whoever brings no valid access token is left to Next's route of the same name, which renews it or
 * refuses.
 */
export function createServeCommands({ verify, run, log }: CommandsDeps): ServeCommands {
  return async (request, response) => {
    const [, id] = pathPattern.exec(request.url ?? '') ?? []
    if (id === undefined || request.method !== 'POST') return false
    const accessToken = await accessTokenOf({ cookie: request.headers.cookie })
    const person = accessToken === null ? null : await verify(accessToken).catch(() => null)
    if (accessToken === null || person === null) return false
    try {
      if (!isOwnOrigin({ get: (name) => headerOf(request, name) })) throw new CodedError('bad_origin')
      const { id: sessionId } = parseInput(sessionParamsSchema, { id })
      const command = parseInput(commandSchema, await readNodeJson(request, bodyMaxBytes))
      answer(
        response,
        200,
        jsonHeaders(),
        JSON.stringify(await run(accessToken, person.userId, sessionId, command)),
      )
    } catch (thrown) {
      const refusal = refuseAt(request.url ?? '', thrown, log)
      answer(response, refusal.status, Object.fromEntries(refusal.headers), await refusal.text())
    }
    return true
  }
}

const jsonHeaders = () => ({
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-request-id': randomUUID(),
})

/** With the header that next.config.ts gives everything, as far as it means something for JSON. */
function answer(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string,
): void {
  response.writeHead(status, {
    ...headers,
    'x-content-type-options': 'nosniff',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}

function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}
