'use client'
import { useTranslations } from 'next-intl'
import { useOtherDevices } from '#components/player/use-other-devices.ts'

/** How the music moves to another device of one's own; or that it cannot, on this connection, and what to do instead. */
export function DevicesField() {
  const t = useTranslations('devices')
  const canMeet = useOtherDevices((devices) => devices.canMeet)
  return <p className="text-muted text-sm">{canMeet === false ? t('cannotMeet') : t('howTo')}</p>
}
