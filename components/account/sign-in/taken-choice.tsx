'use client'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import type { Channel } from '#lib/protocol/sign-in.ts'

type TakenChoiceProps = {
  channel: Channel
  address: string
  isGuest: boolean
  isBusy: boolean
  onSignIn: () => void
  onOther: () => void
}

/** The address has an account already: sign in to that one, knowing what stays behind, or use another address. */
export function TakenChoice({ channel, address, isGuest, isBusy, onSignIn, onOther }: TakenChoiceProps) {
  const t = useTranslations('signIn')
  return (
    <div role="alert" className="bubble flex max-w-lg flex-col gap-4 border border-edge bg-raised p-5">
      <p className="font-semibold">{t('takenTitle', { address })}</p>
      <p className="text-muted">{t(isGuest ? 'takenGuestText' : 'takenText')}</p>
      <div className="flex flex-wrap gap-3">
        <Button look="outline" onClick={onOther} disabled={isBusy}>
          {t(`${channel}Other`)}
        </Button>
        <Button look={isGuest ? 'warn' : 'signal'} onClick={onSignIn} disabled={isBusy}>
          {t('takenSignIn')}
        </Button>
      </div>
    </div>
  )
}
