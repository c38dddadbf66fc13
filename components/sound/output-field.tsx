'use client'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { useRoomContext } from '#components/room/room-context.ts'
import { Button } from '#components/ui/button.tsx'
import { useSound } from './use-sound.ts'

/** Where the sound comes out, in browsers that let a page choose. */
export function OutputField() {
  const t = useTranslations('sound')
  const id = useId()
  const { sound } = useRoomContext()
  const { devices, canChoose } = useSound(({ outputs }) => outputs)
  const outputDeviceId = useSound((snapshot) => snapshot.outputDeviceId)
  const [isRefused, setRefused] = useState(false)
  if (!canChoose) return <p className="text-muted text-sm">{t('outputFixed')}</p>
  const choose = async (deviceId: string) => {
    setRefused((await sound.setOutputDevice(deviceId)) !== 'ok')
  }
  const show = () => {
    setRefused(false)
    sound.askForOutputs().catch(() => setRefused(true))
  }
  const refusal = isRefused ? (
    <p role="alert" className="text-sm text-warn">
      {t('outputRefused')}
    </p>
  ) : null
  if (devices.length === 0 && !outputDeviceId) {
    return (
      <div className="flex flex-col items-start gap-3">
        <p className="text-muted text-sm">{t('outputHidden')}</p>
        <Button look="outline" onClick={show}>
          {t('outputShow')}
        </Button>
        {refusal}
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-2">
      <label htmlFor={id} className="text-muted text-sm">
        {t('outputLabel')}
      </label>
      <select
        id={id}
        value={outputDeviceId}
        onChange={(event) => void choose(event.currentTarget.value)}
        className="bubble min-h-12 w-full border border-edge bg-sunken px-4 text-base text-text"
      >
        <option value="">{t('outputDefault')}</option>
        {devices.map(({ deviceId, label }, index) => (
          <option key={deviceId} value={deviceId}>
            {label || t('outputUnnamed', { number: index + 1 })}
          </option>
        ))}
      </select>
      {refusal}
    </div>
  )
}
