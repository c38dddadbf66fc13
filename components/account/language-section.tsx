'use client'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { mutate } from 'swr'
import { Select } from '#components/ui/select.tsx'
import { setLocale } from '#lib/actions/set-locale.ts'
import { locales } from '#lib/i18n/locales.ts'
import { type Profile, profileSchema } from '#lib/protocol/profile.ts'
import { AccountSection } from './account-section.tsx'
import { notificationSettingsPath } from './use-notification-settings.ts'
import { useSave } from './use-save.ts'

/** The language and the time zone of whatever reaches this person. */
export function LanguageSection({ me }: { me: Profile }) {
  const t = useTranslations()
  const chosen = useLocale()
  const { save, isBusy, refused } = useSave()
  // The browser alone knows its zones, so the list is made there.
  const [zones, setZones] = useState<{ all: string[]; own: string } | null>(null)
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone
    setZones({ all: Intl.supportedValuesOf('timeZone'), own })
  }, [])

  const changeLocale = async (locale: string) => {
    const form = new FormData()
    form.set('locale', locale)
    await setLocale(form)
  }
  const changeTimeZone = async (timeZone: string) => {
    if (await save('/api/me', profileSchema, { timeZone })) await mutate(notificationSettingsPath)
  }
  return (
    <AccountSection title={t('account.language')} text={t('account.languageText')}>
      <div className="flex max-w-lg flex-col gap-5">
        <Select
          label={t('header.language')}
          value={chosen}
          disabled={isBusy}
          onChange={(event) => void changeLocale(event.currentTarget.value)}
        >
          {locales.map((locale) => (
            <option key={locale} value={locale} lang={locale}>
              {t(`languages.${locale}`)}
            </option>
          ))}
        </Select>
        <Select
          label={t('account.timeZone')}
          value={me.timeZone ?? ''}
          disabled={isBusy || zones === null}
          onChange={(event) => void changeTimeZone(event.currentTarget.value)}
        >
          <option value="">{t('account.timeZoneOwn', { zone: zones?.own ?? '…' })}</option>
          {me.timeZone && !zones?.all.includes(me.timeZone) ? (
            <option value={me.timeZone}>{me.timeZone}</option>
          ) : null}
          {zones?.all.map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </Select>
        {refused ? (
          <p role="alert" className="text-sm text-warn">
            {t(`errors.${refused.code}`)}
          </p>
        ) : null}
      </div>
    </AccountSection>
  )
}
