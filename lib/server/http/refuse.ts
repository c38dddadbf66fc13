import type { Log } from '../log.ts'
import { asCodedError, errorResponse } from './error-response.ts'

/** The response to a request that is refused, whatever was thrown; written down by `log`, which knows the request. */
export function refuse(thrown: unknown, log: Log, requestId: string): Response {
  const error = asCodedError(thrown)
  const { code, field } = error
  if (code === 'internal' || code === 'unavailable') log.error({ code, err: error.cause }, 'failed')
  else log.info({ code, field }, 'refused')
  return errorResponse(error, requestId)
}

/** The same for a request that has no id and no log of its own yet. */
export function refuseAt(path: string, thrown: unknown, log: Log): Response {
  const requestId = crypto.randomUUID()
  return refuse(thrown, log.child({ requestId, path }), requestId)
}
