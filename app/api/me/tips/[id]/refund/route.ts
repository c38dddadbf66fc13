import { tipParamsSchema } from '#lib/protocol/tips.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { refundTip } from '#lib/server/tips/refund-tip.ts'
import { theTipDeps } from '#lib/server/tips/tip-deps.ts'

export const POST = defineRoute({
  access: 'signed_in',
  params: tipParamsSchema,
  handle: ({ person, params }) => refundTip(theTipDeps(), person.userId, params.id),
})
