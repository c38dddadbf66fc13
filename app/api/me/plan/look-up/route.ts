import { defineRoute } from '#lib/server/http/define-route.ts'
import { lookUpMyPlan } from '#lib/server/plus/my-plan.ts'
import { thePlusDeps } from '#lib/server/plus/plus-deps.ts'

/** Asks RevenueCat how one stands now. */
export const POST = defineRoute({
  access: 'signed_in',
  handle: ({ db }) => lookUpMyPlan({ ...thePlusDeps(), db }),
})
