import { defineRoute } from '#lib/server/http/define-route.ts'
import { countRequest } from '#lib/server/tips/count-request.ts'
import { openDashboard } from '#lib/server/tips/payment-account.ts'
import { theTipDeps } from '#lib/server/tips/tip-deps.ts'

export const POST = defineRoute({
  access: 'signed_in',
  handle: async ({ db, person }) => {
    await countRequest(db)
    return openDashboard(theTipDeps(), person.userId)
  },
})
