import { asCodedError, errorResponse } from '../../http/error-response.ts'
import type { Log } from '../../log.ts'

/** The ordinary refusal of a stream that has not begun; logged as every other one. */
export function refuseStream(thrown: unknown, log: Log, path: string): Response {
  const requestId = crypto.randomUUID()
  const error = asCodedError(thrown)
  const { code, field } = error
  if (code === 'internal' || code === 'unavailable') {
    log.error({ requestId, path, code, err: error.cause }, 'failed')
  } else log.info({ requestId, path, code, field }, 'refused')
  return errorResponse(error, requestId)
}
