'use client'
import { BellOff, BellRing } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { usePushSwitch } from './use-push-switch.ts'

/** How notifications stand on this device, said as it is; the button is there only where it can change something. */
export function PushDeviceSwitch() {
  const t = useTranslations('notifications')
  const { state, isBusy, turn } = usePushSwitch()
  const isOn = state === 'on'
  const Icon = isOn ? BellRing : BellOff
  return (
    <div className="bubble flex flex-col gap-3 border border-line p-4">
      <div className="flex items-start gap-3">
        <Icon className={isOn ? 'mt-0.5 size-5 text-volt' : 'mt-0.5 size-5 text-muted'} aria-hidden="true" />
        <div className="flex flex-1 flex-col gap-1">
          <h3 className="font-medium">{t('device')}</h3>
          <p role="status" className="text-muted text-sm">
            {state ? t(state, { variable: 'VAPID_PUBLIC_KEY' }) : <Spinner />}
          </p>
        </div>
      </div>
      {state === 'on' || state === 'off' || state === 'unreachable' ? (
        <Button
          look={isOn ? 'outline' : 'signal'}
          disabled={isBusy}
          onClick={() => void turn(isOn ? 'turnOff' : 'turnOn')}
          className="self-start"
        >
          {isBusy ? <Spinner /> : null}
          {t(isOn ? 'turnOff' : 'turnOn')}
        </Button>
      ) : null}
    </div>
  )
}
