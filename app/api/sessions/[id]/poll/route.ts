import { z } from 'zod'
import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { catchUp } from '#lib/server/sessions/enter-session.ts'

/** Catches up from the log at once; it does not wait for what is still to come. */
export const GET = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  query: z.strictObject({ after: z.coerce.number().int().nonnegative() }),
  handle: ({ db, params, query }) => catchUp(db, params.id, query.after),
})
