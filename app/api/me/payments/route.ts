import { paymentsMode, serverEnv } from '#lib/env/server.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { countRequest } from '#lib/server/tips/count-request.ts'
import { loadPaymentAccount } from '#lib/server/tips/payment-account.ts'
import { theTipDeps } from '#lib/server/tips/tip-deps.ts'

export const GET = defineRoute({
  access: 'signed_in',
  handle: async ({ db, person }) => {
    const payments = paymentsMode(serverEnv())
    if (payments === 'off') return { payments, account: null }
    await countRequest(db)
    return { payments, account: await loadPaymentAccount(theTipDeps(), person.userId) }
  },
})
