import { z } from 'zod'
import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { type PollQuery, pollQuerySchema } from '#lib/protocol/stream.ts'
import { parseInput } from '../../http/parse-input.ts'

const cursorSchema = z.coerce.number().int().nonnegative().nullable().default(null)
const eventsQuerySchema = z.strictObject({ after: cursorSchema })

/**
 * What a stream was asked for. `Last-Event-ID` goes before `after`: whoever comes back comes to the same address.
 * @throws CodedError `invalid_input`
 */
export function parseEventsRequest(
  id: string,
  query: URLSearchParams,
  lastEventId: string | null | undefined,
): { sessionId: string; after: number | null } {
  const { id: sessionId } = parseInput(sessionParamsSchema, { id })
  const { after } = parseInput(eventsQuerySchema, {
    ...Object.fromEntries(query),
    ...(lastEventId ? { after: lastEventId } : {}),
  })
  return { sessionId, after }
}

/** @throws CodedError `invalid_input` */
export function parsePollRequest(
  id: string,
  query: URLSearchParams,
): { sessionId: string; query: PollQuery } {
  const { id: sessionId } = parseInput(sessionParamsSchema, { id })
  return { sessionId, query: parseInput(pollQuerySchema, Object.fromEntries(query)) }
}
