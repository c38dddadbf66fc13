'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { notify } from '#components/ui/toasts.ts'
import { usePushSwitch } from './use-push-switch.ts'

/** Remembers a no on this device: nobody is asked twice. */
const refusedKey = 'whatssound-notifications-not-now'

/** Offered to whoever has just followed somebody, where notifications are off and could be on; nothing anywhere else. */
export function NotificationOffer({ name }: { name: string }) {
  const t = useTranslations('notifications')
  const { state, isBusy, turn } = usePushSwitch()
  const [isRefused, setIsRefused] = useState(false)
  if (state !== 'off' || isRefused || localStorage.getItem(refusedKey)) return null

  const accept = async () => {
    const next = await turn('turnOn')
    if (next === 'on') notify(t('offerDone'))
    else if (next && next !== 'off') notify(t(next, { variable: 'VAPID_PUBLIC_KEY' }), 'warn')
  }
  const refuse = () => {
    localStorage.setItem(refusedKey, '1')
    setIsRefused(true)
  }
  return (
    <div
      role="status"
      className="bubble flex flex-wrap items-center gap-x-4 gap-y-2 border border-line px-4 py-2"
    >
      <p className="flex-1 text-sm">{t('offer', { name })}</p>
      <div className="flex gap-1">
        <Button look="quiet" onClick={refuse}>
          {t('offerNo')}
        </Button>
        <Button look="outline" disabled={isBusy} onClick={() => void accept()}>
          {t('offerYes')}
        </Button>
      </div>
    </div>
  )
}
