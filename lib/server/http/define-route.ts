import 'server-only'
import { personDb } from '../db/person-db.ts'
import { sharedAccess } from '../db/shared-access.ts'
import { log } from '../log.ts'
import { createDefineRoute } from './create-define-route.ts'
import { createDefineSessionRoute } from './create-define-session-route.ts'

/**
 * Defines a route handler.
 * @example
 * export const POST = defineRoute({
 *   access: 'signed_in',
 *   params: z.object({ id: z.uuid() }),
 *   body: heartbeatSchema,
 *   handle: ({ db, params, body }) => recordHeartbeat(db, params.id, body),
 * })
 */
export const defineRoute = createDefineRoute({
  openDb: personDb,
  verify: (token) => sharedAccess().verify(token),
  log,
})

/** The portable form of what the app's own server answers before Next does. */
export const defineSessionRoute = createDefineSessionRoute(defineRoute)
