'use client'
import useSWR from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { paymentsStatusSchema } from '#lib/protocol/tips.ts'

const path = '/api/me/payments'

/** How one's account at the payment provider stands; asked for again by whoever comes back from there. */
export function usePayments() {
  const config = usePublicConfig()
  const isOn = config.payments !== 'off'
  const { data, error, mutate, isValidating } = useSWR(isOn ? path : null, () =>
    authClientOf(config).request(path, paymentsStatusSchema),
  )
  return {
    status: data,
    hasFailed: error !== undefined,
    isAsking: isValidating,
    askAgain: () => void mutate(),
  }
}
