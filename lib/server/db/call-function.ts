import type { PostgrestError } from '@supabase/supabase-js'
import { z } from 'zod'
import { CodedError, type ErrorCode, errorCodes } from '#lib/protocol/errors.ts'
import type { Rpc } from './clients.ts'
import type { Database } from './database.types.ts'

type Functions = Database['public']['Functions']
export type FunctionName = keyof Functions & string

/** The generated types know no null arguments, though every argument of a SQL function may be null. */
export type FunctionArgs<N extends FunctionName> = {
  [A in keyof Functions[N]['Args']]: Functions[N]['Args'][A] | null
}

/**
 * Calls a SQL function as the client's person and parses what it returns.
 * @throws CodedError with the code that SQL raised.
 */
export async function callFunction<N extends FunctionName, S extends z.ZodType>(
  db: Rpc,
  name: N,
  args: FunctionArgs<N>,
  result: S,
): Promise<z.infer<S>> {
  const { data, error } = await db.rpc(name, args as Functions[N]['Args'])
  if (error) throw toCodedError(error)
  const parsed = result.safeParse(data)
  if (!parsed.success) throw new CodedError('internal', { cause: parsed.error })
  return parsed.data
}

const raisedSchema = z.enum(errorCodes)
const detailSchema = z.object({
  field: z.string().optional().catch(undefined),
  retryAfterInMs: z.number().nonnegative().optional().catch(undefined),
})

/** SQLSTATEs and PostgREST codes that mean something to a person (PostgreSQL appendix A; PostgREST "Errors"). */
const codeBySqlState: Readonly<Record<string, ErrorCode>> = {
  '22P02': 'invalid_input',
  '22003': 'invalid_input',
  '22023': 'invalid_input',
  '23502': 'invalid_input',
  '23503': 'not_found',
  '23505': 'command_conflict',
  '23514': 'invalid_input',
  '42501': 'not_allowed',
  '40001': 'unavailable',
  '40P01': 'unavailable',
  PGRST116: 'not_found',
  PGRST301: 'not_signed_in',
  PGRST302: 'not_signed_in',
  PGRST303: 'not_signed_in',
  PGRST000: 'unavailable',
  PGRST001: 'unavailable',
  PGRST002: 'unavailable',
  PGRST003: 'unavailable',
}

/**
 * Whether trying again may help: no connection (class 08), no resources (53), stopping, starting or cancelled (57).
 * supabase-js reports a request that never arrived as an error without a code.
 */
function passes(sqlState: string): boolean {
  return !sqlState || /^(08|53|57)/.test(sqlState)
}

/** The coded refusal in a database error: SQL raises our own codes as the message of `P0001`. */
export function toCodedError(error: PostgrestError): CodedError {
  const raised = raisedSchema.safeParse(error.message)
  if (error.code === 'P0001' && raised.success) {
    return new CodedError(raised.data, { ...parseDetail(error.details), cause: error })
  }
  return new CodedError(codeBySqlState[error.code] ?? (passes(error.code) ? 'unavailable' : 'internal'), {
    cause: error,
  })
}

function parseDetail(details: unknown): z.infer<typeof detailSchema> {
  if (typeof details !== 'string') return {}
  try {
    return detailSchema.safeParse(JSON.parse(details)).data ?? {}
  } catch {
    return {}
  }
}
