'use client'
import { useTranslations } from 'next-intl'
import { Dialog } from '#components/ui/dialog.tsx'
import type { OpenedProps } from '#components/ui/use-opener.ts'
import type { TipCurrency } from '#lib/protocol/tips.ts'
import { TestPayments } from './test-payments.tsx'
import { TipForm } from './tip-form.tsx'
import { TipOpened } from './tip-opened.tsx'
import { useOpenTip } from './use-open-tip.ts'

type TipSheetProps = OpenedProps & { djName: string; currencies: readonly TipCurrency[] }

/** How much, with which words, and as whom; then the payment, in a tab of its own. */
export function TipSheet({ open, onOpenChange, djName, currencies }: TipSheetProps) {
  const t = useTranslations('tips')
  const { payment, open: pay, reset } = useOpenTip()
  const close = (isOpen: boolean) => {
    onOpenChange(isOpen)
    if (!isOpen && payment.is === 'opened') reset()
  }
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={t('sheetTitle', { name: djName })}
      description={t('sheetText')}
    >
      <div className="flex flex-col gap-5">
        <TestPayments />
        {payment.is === 'opened' ? (
          <TipOpened payment={payment} onAnother={reset} />
        ) : (
          <TipForm
            currencies={currencies}
            isAsking={payment.is === 'asking'}
            refused={payment.is === 'choosing' ? payment.refused : null}
            onPay={(wish) => void pay(wish)}
          />
        )}
      </div>
    </Dialog>
  )
}
