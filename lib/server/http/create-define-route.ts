import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import type { Db } from '#lib/server/db/clients.ts'
import { identify, type Person } from '#lib/server/db/person.ts'
import type { VerifyToken } from '../db/verify-token.ts'
import type { Log } from '../log.ts'
import { isOwnOrigin } from './app-origin.ts'
import { parseInput } from './parse-input.ts'
import { readJsonBody } from './read-json-body.ts'
import { refuse } from './refuse.ts'

/** Who may call: `signed_in` includes guests, `anyone` also those without a session. */
type Access = 'signed_in' | 'anyone'

type PersonFor<A extends Access> = A extends 'signed_in' ? Person : Person | null

export type RouteInput<A extends Access, P, Q, B> = {
  /** Acts as the person, so that row level security and the SQL functions decide. */
  db: Db
  person: PersonFor<A>
  params: P
  query: Q
  body: B
  request: Request
  log: Log
}

type RouteDefinition<A extends Access, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  access: A
  params?: P
  query?: Q
  /** Where it is given, the request must carry JSON; without it the body is left to `handle`. */
  body?: B
  maxBodyBytes?: number
  /** Returns what becomes the JSON of a 200, or a whole `Response`. Refusals are thrown as `CodedError`. */
  handle: (input: RouteInput<A, z.output<P>, z.output<Q>, z.output<B>>) => Promise<unknown> | unknown
}

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> }

export type RouteDeps = { openDb: () => Promise<Db>; verify: VerifyToken; log: Log }

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])
const nothing = z.unknown()

/**
 * The one way into route handlers: checks the origin of what changes something, says who is calling, parses, and turns
 * refusals into coded responses. How often somebody may do something is counted where it counts, in SQL.
 */
export function createDefineRoute(deps: RouteDeps) {
  return function defineRoute<
    const A extends Access,
    P extends z.ZodType = typeof nothing,
    Q extends z.ZodType = typeof nothing,
    B extends z.ZodType = typeof nothing,
  >(definition: RouteDefinition<A, P, Q, B>) {
    return async (request: Request, context: RouteContext): Promise<Response> => {
      const requestId = crypto.randomUUID()
      const startedAt = performance.now()
      const url = new URL(request.url)
      const log = deps.log.child({ requestId, method: request.method, path: url.pathname })
      try {
        if (!safeMethods.has(request.method) && !isOwnOrigin(request.headers)) {
          throw new CodedError('bad_origin')
        }
        const { access, params, query, body, maxBodyBytes = 16 * 1024, handle } = definition
        const parsedParams = parseInput(params ?? nothing, await context.params)
        const parsedQuery = parseInput(query ?? nothing, Object.fromEntries(url.searchParams))
        const db = await deps.openDb()
        const person = await identify(db, deps.verify)
        if (access === 'signed_in' && !person) throw new CodedError('not_signed_in')
        const parsedBody = body ? parseInput(body, await readJsonBody(request, maxBodyBytes)) : undefined
        const result = await handle({
          db,
          person: person as PersonFor<A>,
          params: parsedParams as z.output<P>,
          query: parsedQuery as z.output<Q>,
          body: parsedBody as z.output<B>,
          request,
          log,
        })
        log.debug({ tookInMs: performance.now() - startedAt }, 'answered')
        if (result instanceof Response) return result
        return Response.json(result ?? null, {
          headers: { 'cache-control': 'no-store', 'x-request-id': requestId },
        })
      } catch (thrown) {
        return refuse(thrown, log, requestId)
      }
    }
  }
}
