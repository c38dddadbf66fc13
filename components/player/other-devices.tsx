'use client'
import { MonitorSmartphone } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useRoomContext } from '#components/room/room-context.ts'
import { useAudio } from '#components/room/use-room.ts'
import { Button } from '#components/ui/button.tsx'
import type { DeviceName } from '#lib/protocol/devices.ts'
import { useOtherDevices } from './use-other-devices.ts'

/** Says that one listens on another device as well, or that the music went there, and brings it here. */
export function OtherDevices() {
  const t = useTranslations('devices')
  const format = useFormatter()
  const { otherDevices } = useRoomContext()
  const isListening = useAudio((audio) => audio.isListening)
  const { listening, isMoving, movedTo } = useOtherDevices((devices) => devices)
  const nameOf = ({ browser, system }: DeviceName) =>
    browser && system ? t('name', { browser, system }) : browser || system || t('unnamed')
  if (!movedTo && listening.length === 0) return null
  const device = movedTo ? nameOf(movedTo) : format.list(listening.map(nameOf))
  const text = () => {
    if (movedTo) return t('movedTo', { device })
    if (isMoving) return t('moving', { device })
    return isListening ? t('alsoOn', { device }) : t('onlyOn', { device })
  }
  return (
    <div className="bubble mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 bg-control py-1.5 pr-2 pl-4 text-sm">
      <MonitorSmartphone className="size-4 shrink-0 text-muted" aria-hidden="true" />
      <p className="min-w-0 flex-1 py-1">{text()}</p>
      {isMoving ? null : (
        <Button look="outline" onClick={otherDevices.moveHere}>
          {t('moveHere')}
        </Button>
      )}
    </div>
  )
}
