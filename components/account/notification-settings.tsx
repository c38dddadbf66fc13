'use client'
import { useTranslations } from 'next-intl'
import { Spinner } from '#components/ui/spinner.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { type NotificationKind, notificationKinds } from '#lib/domain/notifications/kinds.ts'
import type { NotificationSettings as Settings } from '#lib/protocol/notifications.ts'
import { AccountSection } from './account-section.tsx'
import { PushDeviceSwitch } from './push-device-switch.tsx'
import { QuietHoursField } from './quiet-hours-field.tsx'
import { useNotificationSettings } from './use-notification-settings.ts'

/** Whether this device is told, of what, and when not. */
export function NotificationSettings() {
  const t = useTranslations('notifications')
  const { settings, hasFailed, save } = useNotificationSettings()
  const change = (changed: Partial<Settings>) => {
    if (settings) void save({ timeZone: ownTimeZone(), ...withoutZone(settings), ...withoutZone(changed) })
  }

  return (
    <AccountSection title={t('title')} text={t('text')}>
      <div className="flex max-w-lg flex-col gap-6">
        <PushDeviceSwitch />
        {settings ? (
          <>
            <fieldset className="flex flex-col">
              <legend className="mb-1 font-medium text-sm">{t('kinds')}</legend>
              {notificationKinds.map((kind) => (
                <Switch
                  key={kind}
                  label={t(kind)}
                  checked={!settings.mutedKinds.includes(kind)}
                  onCheckedChange={(isOn) =>
                    change({ mutedKinds: withKind(settings.mutedKinds, kind, !isOn) })
                  }
                />
              ))}
            </fieldset>
            <QuietHoursField
              quietHours={settings.quietHours}
              timeZone={settings.timeZone}
              onChange={(quietHours) => change({ quietHours })}
            />
          </>
        ) : (
          <p role="status" className="text-muted">
            {hasFailed ? t('failed') : <Spinner />}
          </p>
        )}
      </div>
    </AccountSection>
  )
}

/** Whoever changes something is where they are: the zone of this browser is the one that counts from then on. */
function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

function withoutZone<S extends Partial<Settings>>({ timeZone: _, ...others }: S): Omit<S, 'timeZone'> {
  return others
}

function withKind(
  muted: readonly NotificationKind[],
  kind: NotificationKind,
  isMuted: boolean,
): NotificationKind[] {
  const others = muted.filter((other) => other !== kind)
  return isMuted ? [...others, kind] : others
}
