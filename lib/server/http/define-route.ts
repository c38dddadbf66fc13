import 'server-only'
import { personDb } from '../db/person-db.ts'
import { sharedAccess } from '../db/shared-access.ts'
import { log } from '../log.ts'
import { createDefineRoute } from './create-define-route.ts'

/**
 * Defines a route handler.
 * @example
 * export const POST = defineRoute({
 *   access: 'signed_in',
 *   params: z.object({ id: z.uuid() }),
 *   body: commandSchema,
 *   handle: ({ db, person, params, body }) => runCommand({ userId: person.userId, db }, params.id, body),
 * })
 */
export const defineRoute = createDefineRoute({
  openDb: personDb,
  verify: (token) => sharedAccess().verify(token),
  log,
})
