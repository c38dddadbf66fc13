'use client'
import { ExternalLink } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRoom } from '#components/room/use-room.ts'
import { Button } from '#components/ui/button.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import type { TipPayment } from './use-open-tip.ts'

type TipOpenedProps = { payment: Extract<TipPayment, { is: 'opened' }>; onAnother: () => void }

/** The payment is in another tab, or the way to it where none was let open; thanks once the room hears of it. */
export function TipOpened({ payment, onAnother }: TipOpenedProps) {
  const t = useTranslations('tips')
  const { tipId, checkoutUrl, isTabMissing } = payment
  const isPaid = useRoom((view) => view.tips.some((tip) => tip.tipId === tipId))
  return (
    <>
      <p role="status" className={isPaid ? 'text-lg text-volt' : 'text-lg'}>
        {t(isPaid ? 'paidText' : isTabMissing ? 'blockedText' : 'openedText')}
      </p>
      {isPaid ? null : (
        <a
          href={checkoutUrl}
          target="_blank"
          rel="noreferrer"
          className={buttonStyle(isTabMissing ? 'signal' : 'outline', 'large')}
        >
          <ExternalLink className="size-5" aria-hidden="true" />
          {t('toPayment')}
        </a>
      )}
      <Button look="quiet" onClick={onAnother}>
        {t('another')}
      </Button>
    </>
  )
}
