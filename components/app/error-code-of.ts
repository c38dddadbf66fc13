import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'

/** The code to show for whatever was thrown; what nobody expected is `internal`. */
export function errorCodeOf(error: unknown): ErrorCode {
  return error instanceof CodedError ? error.code : 'internal'
}
