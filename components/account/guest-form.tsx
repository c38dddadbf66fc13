'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { ButtonLook } from '#components/ui/button-style.ts'
import { Spinner } from '#components/ui/spinner.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { limits } from '#lib/domain/limits/limits.ts'
import { isReservedName } from '#lib/domain/text/reserved-name.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import { useCaptcha } from './sign-in/use-captcha.tsx'

type GuestFormProps = {
  /** Enters, with a captcha's token where one is asked for, and gives the code of what stood against it, or null. */
  onEnter: (name: string, captchaToken?: string) => Promise<ErrorCode | null>
  submitLabel?: string
  hint?: string
  look?: ButtonLook
}

/** One field is all it takes to come in. */
export function GuestForm({ onEnter, submitLabel, hint, look = 'signal' }: GuestFormProps) {
  const t = useTranslations()
  const captcha = useCaptcha()
  const [isEntering, setIsEntering] = useState(false)
  const [error, setError] = useState<string | undefined>()

  const enter = async (form: FormData) => {
    // The schemas are a large part of a page that has hardly anything else to do.
    const { displayNameSchema } = await import('#lib/protocol/session-requests.ts')
    const name = displayNameSchema.safeParse(form.get('name'))
    if (!name.success) return setError(t('name.required'))
    if (isReservedName(name.data)) return setError(t('errors.name_reserved'))
    setIsEntering(true)
    setError(undefined)
    const refusal = await onEnter(name.data, await captcha.takeToken())
    setIsEntering(false)
    if (refusal) setError(t(`errors.${refusal}`))
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void enter(new FormData(event.currentTarget))
      }}
      className="flex w-full max-w-lg flex-wrap items-start gap-3"
    >
      <TextField
        label={t('name.label')}
        labelHidden
        name="name"
        placeholder={t('name.label')}
        autoComplete="nickname"
        maxLength={limits.displayNameMaxLength}
        enterKeyHint="go"
        required
        hint={hint ?? t('name.hint')}
        error={error}
        className="flex-1"
      />
      <Button type="submit" look={look} disabled={isEntering} className="min-h-12 px-5">
        {isEntering ? <Spinner /> : null}
        {isEntering ? t('name.entering') : (submitLabel ?? t('name.enter'))}
      </Button>
      {captcha.widget}
    </form>
  )
}
