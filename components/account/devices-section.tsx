'use client'
import { useFormatter, useTranslations } from 'next-intl'
import { z } from 'zod'
import { Button } from '#components/ui/button.tsx'
import { describeDevice } from '#lib/domain/devices/describe-device.ts'
import type { Device } from '#lib/protocol/profile.ts'
import { AccountSection } from './account-section.tsx'
import { useSave } from './use-save.ts'

/** Where one is signed in; one device can be signed out, all others, or every one. */
export function DevicesSection({ devices }: { devices: readonly Device[] }) {
  const t = useTranslations()
  const { save, isBusy, refused } = useSave()
  const signOut = async (scope: 'others' | 'global') => {
    const done = await save('/api/auth/sign-out', z.object({}), { scope })
    if (done && scope === 'global') location.assign('/')
  }
  return (
    <AccountSection title={t('account.devices')} text={t('account.devicesText')}>
      <ul className="flex max-w-lg flex-col gap-1">
        {devices.map((device) => (
          <li key={device.id} className="flex min-h-14 items-center justify-between gap-3">
            <DeviceLine device={device} />
            {device.isThis ? null : (
              <Button
                id={`sign-out-${device.id}`}
                aria-labelledby={`sign-out-${device.id} ${lineIdOf(device)}`}
                look="quiet"
                disabled={isBusy}
                onClick={() => void save(`/api/me/devices/${device.id}/sign-out`, z.object({}), {})}
              >
                {t('account.deviceSignOut')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-3">
        {devices.length > 1 ? (
          <Button look="outline" disabled={isBusy} onClick={() => void signOut('others')}>
            {t('account.signOutOthers')}
          </Button>
        ) : null}
        <Button look="outline" disabled={isBusy} onClick={() => void signOut('global')}>
          {t('account.signOutEverywhere')}
        </Button>
      </div>
      {refused ? (
        <p role="alert" className="text-sm text-warn">
          {t(`errors.${refused.code}`)}
        </p>
      ) : null}
    </AccountSection>
  )
}

/** What describes a device also tells its button from the others. */
const lineIdOf = ({ id }: Device) => `device-${id}`

function DeviceLine({ device }: { device: Device }) {
  const t = useTranslations('account')
  const format = useFormatter()
  const { browser, system } = describeDevice(device.userAgent)
  const seenAt = format.dateTime(device.seenAt, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <p id={lineIdOf(device)} className="flex min-w-0 flex-col">
      <span className="font-medium">
        {[browser, system].filter(Boolean).join(' · ') || t('deviceUnknown')}
      </span>
      <span className="text-muted text-sm">
        {device.isThis ? t('deviceThis') : t('deviceSeen', { at: seenAt })}
      </span>
    </p>
  )
}
