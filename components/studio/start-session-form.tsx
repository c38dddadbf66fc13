'use client'
import { AudioLines } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useMyPlan } from '#components/plus/use-my-plan.ts'
import { Button } from '#components/ui/button.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Spinner } from '#components/ui/spinner.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { limits } from '#lib/domain/limits/limits.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import { createSessionSchema } from '#lib/protocol/session-requests.ts'
import { ArtworkField } from './artwork-field.tsx'
import { useStartSession } from './use-start-session.ts'
import { VisibilityField } from './visibility-field.tsx'

/** Gives the night a name and opens the room. */
export function StartSessionForm() {
  const t = useTranslations()
  const startSession = useStartSession()
  const [title, setTitle] = useState('')
  const [picture, setPicture] = useState<File | null>(null)
  const [isStarting, setIsStarting] = useState(false)
  const [titleError, setTitleError] = useState<string | undefined>()
  const [refused, setRefused] = useState<ErrorCode | null>(null)
  const plan = useMyPlan().plan?.plan

  const start = async (form: FormData) => {
    const input = createSessionSchema.safeParse({ title, visibility: form.get('visibility') })
    if (!input.success) return setTitleError(t('start.nameRequired'))
    setIsStarting(true)
    setTitleError(undefined)
    setRefused(null)
    const code = await startSession({ ...input.data, picture })
    if (!code) return
    setIsStarting(false)
    setRefused(code)
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void start(new FormData(event.currentTarget))
      }}
      className="flex flex-col gap-6"
    >
      <TextField
        label={t('start.name')}
        name="title"
        placeholder={t('start.namePlaceholder')}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        maxLength={limits.sessionTitleMaxLength}
        autoComplete="off"
        required
        error={titleError}
      />
      <ArtworkField seed={title} picture={picture} onChange={setPicture} />
      <VisibilityField />
      {refused ? (
        <p role="alert" className="text-warn">
          {picture && refused === 'invalid_input' ? t('start.artworkFailed') : t(`errors.${refused}`)}
        </p>
      ) : null}
      {refused === 'rate_limited' && plan === 'standard' ? (
        <Link href="/plus" className={buttonStyle('outline', 'medium', 'self-start')}>
          {t('plus.sessionsHint')}
        </Link>
      ) : null}
      <Button type="submit" size="large" disabled={isStarting}>
        {isStarting ? <Spinner className="size-5" /> : <AudioLines className="size-5" aria-hidden="true" />}
        {isStarting ? t('start.submitting') : t('start.submit')}
      </Button>
    </form>
  )
}
