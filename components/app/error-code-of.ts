import type { CodedError, ErrorCode } from '#lib/protocol/errors.ts'

/** The code to show for whatever was thrown; what nobody expected is `internal`. */
export function errorCodeOf(error: unknown): ErrorCode {
  return isCoded(error) ? error.code : 'internal'
}

/** By its name: the class would bring all schemas into the first screen of every page. */
function isCoded(error: unknown): error is CodedError {
  return error instanceof Error && error.name === 'CodedError' && 'code' in error
}
