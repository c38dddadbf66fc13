import { receivedTipsQuerySchema } from '#lib/protocol/tips.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { loadReceivedTips } from '#lib/server/tips/received-tips.ts'

export const GET = defineRoute({
  access: 'signed_in',
  query: receivedTipsQuerySchema,
  handle: ({ db, query }) => loadReceivedTips(db, query.before),
})
