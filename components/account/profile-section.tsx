'use client'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { limits } from '#lib/domain/limits/limits.ts'
import {
  handleSchema,
  linkSchema,
  type Profile,
  type ProfileChanges,
  profileSchema,
} from '#lib/protocol/profile.ts'
import { displayNameSchema } from '#lib/protocol/session-requests.ts'
import { AccountSection } from './account-section.tsx'
import { AvatarField } from './avatar-field.tsx'
import { useSave } from './use-save.ts'

type Field = 'displayName' | 'handle' | 'bio' | 'links'

/** How others see one: a picture, a name, a handle, a few words and links. */
export function ProfileSection({ me }: { me: Profile }) {
  const t = useTranslations()
  const { save, isBusy, refused } = useSave()
  const [wrong, setWrong] = useState<Field | null>(null)

  const submit = (form: FormData) => {
    const read = readProfile(form)
    if ('wrong' in read) return setWrong(read.wrong)
    setWrong(null)
    void save('/api/me', profileSchema, read.changes)
  }
  const noteOf = (field: Field): string | undefined => {
    if (wrong === field) return t(`account.${field}Wrong`)
    const code = refused?.code
    if (field === 'handle' && (code === 'handle_taken' || code === 'handle_reserved'))
      return t(`errors.${code}`)
    if (field === 'displayName' && code === 'name_reserved') return t(`errors.${code}`)
    if (refused?.field === field) return t(`account.${field}Wrong`)
    return undefined
  }
  const isElsewhere = refused && !(['displayName', 'handle', 'bio', 'links'] as const).some(noteOf)

  return (
    <AccountSection title={t('account.profile')} text={t('account.profileText')}>
      <AvatarField me={me} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit(new FormData(event.currentTarget))
        }}
        className="flex max-w-lg flex-col items-start gap-5"
      >
        <TextField
          label={t('name.label')}
          name="displayName"
          defaultValue={me.displayName}
          autoComplete="nickname"
          maxLength={limits.displayNameMaxLength}
          error={noteOf('displayName')}
          className="w-full"
        />
        <TextField
          label={t('account.handle')}
          name="handle"
          defaultValue={me.handle ?? ''}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={limits.handleMaxLength}
          hint={t('account.handleHint')}
          error={noteOf('handle')}
          className="w-full"
        />
        <TextArea
          label={t('account.bio')}
          name="bio"
          defaultValue={me.bio}
          rows={4}
          maxLength={limits.bioMaxLength}
          error={noteOf('bio')}
          className="w-full"
        />
        <TextArea
          label={t('account.links')}
          name="links"
          defaultValue={me.links.join('\n')}
          rows={3}
          spellCheck={false}
          inputMode="url"
          hint={t('account.linksHint', { count: limits.linksMax })}
          error={noteOf('links')}
          className="w-full"
        />
        {isElsewhere ? (
          <p role="alert" className="text-sm text-warn">
            {t(`errors.${refused.code}`)}
          </p>
        ) : null}
        <div className="flex flex-wrap items-center gap-4">
          <Button type="submit" disabled={isBusy}>
            {isBusy ? <Spinner /> : null}
            {t('account.save')}
          </Button>
          {me.handle ? (
            <Link href={`/u/${me.handle}`} className="min-h-11 content-center font-semibold text-volt">
              {t('account.page')}
            </Link>
          ) : null}
        </div>
      </form>
    </AccountSection>
  )
}

/** What the form says, or its first field that cannot be. */
function readProfile(form: FormData): { changes: ProfileChanges } | { wrong: Field } {
  const text = (name: Field) => String(form.get(name) ?? '')
  const displayName = displayNameSchema.safeParse(text('displayName'))
  if (!displayName.success) return { wrong: 'displayName' }
  const handle = text('handle').trim() === '' ? '' : handleSchema.safeParse(text('handle')).data
  if (handle === undefined) return { wrong: 'handle' }
  const lines = text('links').split(/\s+/).filter(Boolean)
  const links = lines.flatMap((line) => linkSchema.safeParse(line).data ?? [])
  if (links.length < lines.length || links.length > limits.linksMax) return { wrong: 'links' }
  return { changes: { displayName: displayName.data, handle, bio: text('bio'), links } }
}
