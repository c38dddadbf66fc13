'use client'
import { usePublicConfig } from '#components/app/public-config.ts'
import { TestPayments } from '#components/tips/test-payments.tsx'
import { TipsOff } from '#components/tips/tips-off.tsx'
import { PaymentAccount } from './payment-account.tsx'
import { ReceivedTips } from './received-tips.tsx'

/** Everything a DJ needs to know of their tips: where the money goes, and what came. */
export function TipsOverview() {
  const { payments } = usePublicConfig()
  return (
    <>
      <TestPayments />
      {payments === 'off' ? (
        <p className="text-lg">
          <TipsOff />
        </p>
      ) : (
        <PaymentAccount />
      )}
      <ReceivedTips />
    </>
  )
}
