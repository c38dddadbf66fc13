'use client'
import useSWR from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { type MyPlan, myPlanSchema } from '#lib/protocol/plus.ts'

const path = '/api/me/plan'
const askEveryInMs = 3_000

type MyPlanOptions = {
  /** What the server put into the page. */
  first?: MyPlan
  /** Whether Plus is awaited: until it is there, the server is asked again and again. */
  isAwaited?: boolean
}

/** What one may do, and what one bought; asked for again by whoever comes back to the page. */
export function useMyPlan({ first, isAwaited = false }: MyPlanOptions = {}) {
  const config = usePublicConfig()
  const { data, mutate } = useSWR(path, () => authClientOf(config).request(path, myPlanSchema), {
    ...(first && { fallbackData: first }),
    refreshInterval: (latest) => (isAwaited && latest?.plan !== 'plus' ? askEveryInMs : 0),
  })
  return {
    plan: data ?? null,
    /** Takes what was heard in another way. */
    put: (plan: MyPlan) => void mutate(plan, { revalidate: false }),
  }
}
