'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useRoom } from '#components/room/use-room.ts'
import { openTip } from '#lib/actions/open-tip.ts'
import { newId } from '#lib/client/new-id.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { OpenTip } from '#lib/protocol/tips.ts'
import { createAttempts } from './attempts.ts'
import { openWaitingTab } from './waiting-tab.ts'

export type TipWish = Omit<OpenTip, 'commandId' | 'sessionId'>

export type TipPayment =
  | { is: 'choosing'; refused: ErrorCode | null }
  | { is: 'asking' }
  | {
      is: 'opened'
      tipId: string
      checkoutUrl: string
      /** No tab was let open, or it was closed before there was anything to show. */
      isTabMissing: boolean
    }

/** Asks for the page where a tip is paid, and opens it in a tab of its own. */
export function useOpenTip() {
  const t = useTranslations('tips')
  const sessionId = useRoom((view) => view.session.id)
  const [attempts] = useState(() => createAttempts(newId))
  const [payment, setPayment] = useState<TipPayment>({ is: 'choosing', refused: null })

  /** To be called in the tap itself. */
  const open = async (wish: TipWish): Promise<void> => {
    const tab = openWaitingTab(t('opening'), t('openingText'))
    setPayment({ is: 'asking' })
    const answer = await openTip({ ...wish, sessionId, commandId: attempts.idFor(wish) }).catch(
      () => ({ ok: false, code: 'unavailable' }) as const,
    )
    if (answer.ok) {
      attempts.settle()
      const { tipId, checkoutUrl } = answer
      setPayment({ is: 'opened', tipId, checkoutUrl, isTabMissing: tab?.goTo(checkoutUrl) !== true })
      return
    }
    tab?.close()
    if (!mayHaveBegun(answer.code)) attempts.settle()
    setPayment({ is: 'choosing', refused: answer.code })
  }

  return { payment, open, reset: () => setPayment({ is: 'choosing', refused: null }) }
}

/** What was refused in words is over; else nobody knows, and the next try is a repeat. */
const mayHaveBegun = (code: ErrorCode) => code === 'unavailable' || code === 'internal'
