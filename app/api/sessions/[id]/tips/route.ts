import { paymentsMode, serverEnv } from '#lib/env/server.ts'
import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { loadTipOffer } from '#lib/server/tips/tip-offer.ts'

export const GET = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  handle: ({ db, params }) => loadTipOffer(db, params.id, paymentsMode(serverEnv())),
})
