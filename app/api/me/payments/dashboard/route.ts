import { defineRoute } from '#lib/server/http/define-route.ts'
import { openDashboard } from '#lib/server/tips/payment-account.ts'
import { theTipDeps } from '#lib/server/tips/tip-deps.ts'

export const POST = defineRoute({
  access: 'signed_in',
  handle: ({ person }) => openDashboard(theTipDeps(), person.userId),
})
