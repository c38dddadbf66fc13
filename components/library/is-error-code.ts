import { type ErrorCode, statusByErrorCode } from '#lib/protocol/errors.ts'

/** Whether a code is one of the server's refusals; the others are about the file (`refusals`). */
export function isErrorCode(code: string): code is ErrorCode {
  return code in statusByErrorCode
}
