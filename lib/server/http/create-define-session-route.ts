import type { z } from 'zod'
import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import type { createDefineRoute } from './create-define-route.ts'
import type { SessionRoute } from './session-route.ts'

/** Makes route handlers of Next's from what the app's own server serves as well. */
export function createDefineSessionRoute(defineRoute: ReturnType<typeof createDefineRoute>) {
  return function defineSessionRoute<S extends z.ZodType>({ body, run }: SessionRoute<S>) {
    return defineRoute({
      access: 'signed_in',
      params: sessionParamsSchema,
      ...(body && { body }),
      handle: ({ db, person, params, body: parsed }) =>
        run({ userId: person.userId, db }, params.id, parsed as z.output<S>),
    })
  }
}
