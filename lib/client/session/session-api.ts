import type { z } from 'zod'
import { type Acknowledgement, acknowledgementSchema, type Command } from '#lib/protocol/commands.ts'
import { type CatchUp, catchUpSchema } from '#lib/protocol/envelope.ts'
import { CodedError, errorBodySchema } from '#lib/protocol/errors.ts'
import {
  type EnteredSession,
  enteredSessionSchema,
  type JoinedSession,
  joinedSessionSchema,
} from '#lib/protocol/session-requests.ts'
import { type Snapshot, snapshotSchema } from '#lib/protocol/session-state.ts'
import { type SignOfLife, signAnswerSchema } from '#lib/protocol/signs-of-life.ts'

/** What a room asks of the server. Every call throws a CodedError; `unavailable` also stands for "never arrived". */
export type SessionApi = {
  /** Makes one a member; repeating it changes nothing, and tells by which ways to listen now. */
  join: () => Promise<JoinedSession>
  /** Joins, and tells where the session stands. */
  enter: () => Promise<EnteredSession>
  snapshot: () => Promise<Snapshot>
  poll: (after: number) => Promise<CatchUp>
  send: (command: Command) => Promise<Acknowledgement>
  /** Says that one is here; gives the ids of those who said so and do no more, where one asks for them. */
  here: (sign: SignOfLife) => Promise<readonly string[]>
}

/** A `body` makes it a POST: a Blob goes as it is, everything else as JSON. */
export type RequestJson = <S extends z.ZodType>(
  path: string,
  result: S,
  body?: unknown,
) => Promise<z.output<S>>

/** Calls the routes of one session. */
export function createSessionApi(
  sessionId: string,
  invitation: string | null,
  request: RequestJson,
): SessionApi {
  const path = `/api/sessions/${sessionId}`
  return {
    join: () => request(`${path}/join`, joinedSessionSchema, { invitation }),
    enter: () => request(`${path}/join`, enteredSessionSchema, { invitation, wantsSnapshot: true }),
    snapshot: () => request(`${path}/snapshot`, snapshotSchema),
    poll: (after) => request(`${path}/poll?after=${after}`, catchUpSchema),
    send: (command) => request(`${path}/commands`, acknowledgementSchema, command),
    here: async (sign) => (await request(`${path}/here`, signAnswerSchema, sign)).silent,
  }
}

const requestTimeoutInMs = 15_000

/** `fetch` for a path of ours. */
type FetchPath = (path: string, init: RequestInit) => Promise<Response>

/**
 * Makes the one function that fetches from our own routes. An answer of 401 may mean that the access token ran out
 * while the computer slept: `refreshAuth` renews it, and the request is made once more. Outside of a browser `fetchPath`
 * adds the address, and who is asking.
 */
export function createRequestJson(
  refreshAuth: () => Promise<void>,
  fetchPath: FetchPath = (path, init) => fetch(path, init),
): RequestJson {
  return async (path, result, body) => {
    let response = await fetchJson(fetchPath, path, body)
    if (response.status === 401) {
      await refreshAuth()
      response = await fetchJson(fetchPath, path, body)
    }
    const json = await readJson(response)
    if (!response.ok) {
      const refusal = errorBodySchema.safeParse(json)
      if (refusal.success) throw new CodedError(refusal.data.error.code, refusal.data.error)
      throw new CodedError('unavailable', { cause: new Error(`HTTP ${response.status}`) })
    }
    // Cut off on its way, or never ours: whether the server did what it was asked for, nobody knows.
    if (json === unreadable) throw new CodedError('unavailable', { cause: new Error('No JSON came.') })
    const parsed = result.safeParse(json)
    if (!parsed.success) throw new CodedError('internal', { cause: parsed.error })
    return parsed.data
  }
}

const unreadable = Symbol('unreadable')

async function readJson(response: Response): Promise<unknown> {
  return response.json().catch(() => unreadable)
}

async function fetchJson(fetchPath: FetchPath, path: string, body: unknown): Promise<Response> {
  const signal = AbortSignal.timeout(requestTimeoutInMs)
  try {
    if (body === undefined) return await fetchPath(path, { signal, cache: 'no-store' })
    if (body instanceof Blob) return await fetchPath(path, { method: 'POST', signal, body })
    const headers = { 'content-type': 'application/json' }
    return await fetchPath(path, { method: 'POST', signal, headers, body: JSON.stringify(body) })
  } catch (cause) {
    throw new CodedError('unavailable', { cause })
  }
}
