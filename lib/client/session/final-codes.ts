import type { ErrorCode } from '#lib/protocol/errors.ts'

const finalCodes: ReadonlySet<ErrorCode> = new Set(['banned', 'not_allowed', 'not_found', 'not_signed_in'])

/** Whether a refusal says that the session is closed to this person, so that asking again is of no use. */
export function isFinalCode(code: ErrorCode): boolean {
  return finalCodes.has(code)
}
