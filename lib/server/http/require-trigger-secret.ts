import type { ServerEnv } from '#lib/env/server.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { isAuthorised } from './is-authorised.ts'

/**
 * Lets whoever shows the secret have work done that is due: `Authorization: Bearer …`.
 * @throws CodedError `not_configured` where none is set here, `not_allowed` for another one
 */
export function requireTriggerSecret(request: Request, { TRIGGER_SECRET: secret }: ServerEnv): void {
  if (!secret) throw new CodedError('not_configured', { field: 'TRIGGER_SECRET' })
  if (!isAuthorised(request.headers.get('authorization'), `Bearer ${secret}`))
    throw new CodedError('not_allowed', { field: 'authorization' })
}

/** A row of a table, or nothing. */
export const triggerBodyMaxBytes = 16 * 1024
