import { paymentsMode, serverEnv } from '#lib/env/server.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { loadPaymentAccount } from '#lib/server/tips/payment-account.ts'
import { theTipDeps } from '#lib/server/tips/tip-deps.ts'

export const GET = defineRoute({
  access: 'signed_in',
  handle: async ({ person }) => {
    const payments = paymentsMode(serverEnv())
    const account = payments === 'off' ? null : await loadPaymentAccount(theTipDeps(), person.userId)
    return { payments, account }
  },
})
