'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { notify } from '#components/ui/toasts.ts'
import { limits } from '#lib/domain/limits/limits.ts'
import { displayNameSchema } from '#lib/protocol/session-requests.ts'
import { AccountSection } from './account-section.tsx'

export function NameSection({ name }: { name: string }) {
  const t = useTranslations()
  const config = usePublicConfig()
  const router = useRouter()
  const [error, setError] = useState<string | undefined>()

  const save = async (form: FormData) => {
    const next = displayNameSchema.safeParse(form.get('name'))
    if (!next.success) return setError(t('name.required'))
    try {
      await authClientOf(config).rename(next.data)
      setError(undefined)
      notify(t('name.saved'))
      router.refresh()
    } catch (failure) {
      setError(t(`errors.${errorCodeOf(failure)}`))
    }
  }

  return (
    <AccountSection title={t('account.profile')} text={t('account.profileText')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save(new FormData(event.currentTarget))
        }}
        className="flex max-w-lg flex-col items-start gap-5"
      >
        <TextField
          label={t('name.label')}
          name="name"
          defaultValue={name}
          autoComplete="nickname"
          maxLength={limits.displayNameMaxLength}
          error={error}
          className="w-full"
        />
        <Button type="submit">{t('name.save')}</Button>
      </form>
    </AccountSection>
  )
}
