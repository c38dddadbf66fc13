import { CodedError, type ErrorBody, statusByErrorCode } from '#lib/protocol/errors.ts'

/** The response that tells a refusal; only its code leaves the server, never its cause. */
export function errorResponse(error: CodedError, requestId: string): Response {
  const { code, field, retryAfterInMs } = error
  const body: ErrorBody = { error: { code, field, retryAfterInMs } }
  const headers = new Headers({ 'cache-control': 'no-store', 'x-request-id': requestId })
  if (retryAfterInMs !== undefined) headers.set('retry-after', String(Math.ceil(retryAfterInMs / 1000)))
  return Response.json(body, { status: statusByErrorCode[code], headers })
}

/** What was thrown, as a refusal: anything unexpected is `internal`. */
export function asCodedError(thrown: unknown): CodedError {
  return thrown instanceof CodedError ? thrown : new CodedError('internal', { cause: thrown })
}
