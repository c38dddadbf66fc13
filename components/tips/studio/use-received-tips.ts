'use client'
import useSWRInfinite from 'swr/infinite'
import type { z } from 'zod'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { receivedTipsAtOnce, receivedTipsSchema } from '#lib/protocol/tips.ts'

type Page = z.infer<typeof receivedTipsSchema>

const path = '/api/me/tips'

function addressOf(index: number, before: Page | null): string | null {
  if (index === 0 || !before) return path
  const last = before.tips.at(-1)
  return last && before.tips.length === receivedTipsAtOnce ? `${path}?before=${last.tipId}` : null
}

/** What one received, page by page, and what it comes to. */
export function useReceivedTips() {
  const config = usePublicConfig()
  const { data, error, size, setSize, mutate } = useSWRInfinite(addressOf, (address: string) =>
    authClientOf(config).request(address, receivedTipsSchema),
  )
  const hasMore = data?.at(-1)?.tips.length === receivedTipsAtOnce
  return {
    /** Undefined until the first page is there. */
    tips: data?.flatMap(({ tips }) => tips),
    totals: data?.[0]?.totals ?? [],
    hasFailed: error !== undefined,
    hasMore,
    showMore: () => void setSize(size + 1),
    askAgain: () => void mutate(),
  }
}
