import { appOrigin } from '#lib/server/http/app-origin.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { countRequest } from '#lib/server/tips/count-request.ts'
import { onboard } from '#lib/server/tips/payment-account.ts'
import { theTipDeps } from '#lib/server/tips/tip-deps.ts'

export const POST = defineRoute({
  access: 'signed_in',
  handle: async ({ db, person, request }) => {
    await countRequest(db)
    return onboard({ ...theTipDeps(), origin: appOrigin(request.headers) }, person)
  },
})
