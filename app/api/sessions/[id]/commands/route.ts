import { commandSchema } from '#lib/protocol/commands.ts'
import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { runCommand } from '#lib/server/sessions/run-command.ts'

export const POST = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  body: commandSchema,
  handle: ({ db, person, params, body }) => runCommand({ userId: person.userId, db }, params.id, body),
})
