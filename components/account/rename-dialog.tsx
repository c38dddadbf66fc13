'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { notify } from '#components/ui/toasts.ts'
import { limits } from '#lib/domain/limits/limits.ts'

type RenameDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; name: string }

export function RenameDialog({ open, onOpenChange, name }: RenameDialogProps) {
  const t = useTranslations()
  const config = usePublicConfig()
  const router = useRouter()
  const [error, setError] = useState<string | undefined>()

  const save = async (form: FormData) => {
    const { displayNameSchema } = await import('#lib/protocol/session-requests.ts')
    const next = displayNameSchema.safeParse(form.get('name'))
    if (!next.success) return setError(t('name.required'))
    try {
      await authClientOf(config).rename(next.data)
      setError(undefined)
      onOpenChange(false)
      notify(t('name.saved'))
      router.refresh()
    } catch (failure) {
      setError(t(`errors.${errorCodeOf(failure)}`))
    }
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('name.renameTitle')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save(new FormData(event.currentTarget))
        }}
        className="flex flex-col gap-5"
      >
        <TextField
          label={t('name.label')}
          name="name"
          defaultValue={name}
          autoComplete="nickname"
          maxLength={limits.displayNameMaxLength}
          error={error}
        />
        <Button type="submit">{t('name.save')}</Button>
      </form>
    </Dialog>
  )
}
