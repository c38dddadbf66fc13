import type { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'

/** Parses what came in. @throws CodedError `invalid_input` that names the first field that is wrong. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const field = result.error.issues[0]?.path.join('.')
  throw new CodedError('invalid_input', { field, cause: result.error })
}
