import { createHash, timingSafeEqual } from 'node:crypto'
import type { ServerEnv } from '#lib/env/server.ts'
import { CodedError } from '#lib/protocol/errors.ts'

/**
 * Lets whoever shows the secret have work done that is due: `Authorization: Bearer …`. How long the answer takes tells nothing
 * of the secret.
 * @throws CodedError `not_configured` where none is set here, `not_allowed` for another one
 */
export function requireTriggerSecret(request: Request, { TRIGGER_SECRET: secret }: ServerEnv): void {
  if (!secret) throw new CodedError('not_configured', { field: 'TRIGGER_SECRET' })
  const given = request.headers.get('authorization') ?? ''
  if (!timingSafeEqual(digest(given), digest(`Bearer ${secret}`)))
    throw new CodedError('not_allowed', { field: 'authorization' })
}

/** The same length for all. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** A row of a table, or nothing. */
export const triggerBodyMaxBytes = 16 * 1024
