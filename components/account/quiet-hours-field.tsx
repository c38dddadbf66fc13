'use client'
import { useTranslations } from 'next-intl'
import { Switch } from '#components/ui/switch.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { NotificationSettings } from '#lib/protocol/notifications.ts'

type QuietHours = NotificationSettings['quietHours']
type QuietHoursFieldProps = {
  quietHours: QuietHours
  timeZone: string | null
  onChange: (quietHours: QuietHours) => void
}

/** As most people sleep. */
const usual = { from: '23:00', until: '08:00' }

/** From when until when nothing arrives, by the clock on the wall. */
export function QuietHoursField({ quietHours, timeZone, onChange }: QuietHoursFieldProps) {
  const t = useTranslations('notifications')
  const field = (name: 'from' | 'until', hours: NonNullable<QuietHours>) => (
    <TextField
      // A time that was refused is again what it was.
      key={`${name} ${hours[name]}`}
      type="time"
      label={t(name)}
      defaultValue={hours[name]}
      required
      onBlur={({ target }) => {
        if (target.value && target.value !== hours[name]) onChange({ ...hours, [name]: target.value })
      }}
      className="flex-1"
    />
  )
  return (
    <div className="flex flex-col gap-2">
      <Switch
        label={t('quiet')}
        checked={quietHours !== null}
        onCheckedChange={(isOn) => onChange(isOn ? usual : null)}
      />
      <p className="text-muted text-sm">{t('quietText')}</p>
      {quietHours ? (
        <>
          <div className="flex gap-4">
            {field('from', quietHours)}
            {field('until', quietHours)}
          </div>
          {timeZone ? <p className="text-muted text-sm">{t('timeZone', { zone: timeZone })}</p> : null}
        </>
      ) : null}
    </div>
  )
}
