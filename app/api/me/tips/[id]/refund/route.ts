import { tipParamsSchema } from '#lib/protocol/tips.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { countRequest } from '#lib/server/tips/count-request.ts'
import { refundTip } from '#lib/server/tips/refund-tip.ts'
import { theTipDeps } from '#lib/server/tips/tip-deps.ts'

export const POST = defineRoute({
  access: 'signed_in',
  params: tipParamsSchema,
  handle: async ({ db, person, params }) => {
    await countRequest(db)
    return refundTip(theTipDeps(), person.userId, params.id)
  },
})
