'use client'
import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { z } from 'zod'
import { Button } from '#components/ui/button.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { forgetFilesOf } from '#lib/client/personal-files.ts'
import { AccountSection } from './account-section.tsx'
import { useSave } from './use-save.ts'

type DataSectionProps = {
  userId: string
  name: string
  /** Whether somebody is charged for Plus, which nobody here can end for them. */
  renewsPlus: boolean
}

/** Take everything along, or leave for good. */
export function DataSection({ userId, name, renewsPlus }: DataSectionProps) {
  const t = useTranslations('account')
  const [isAsked, setIsAsked] = useState(false)
  return (
    <AccountSection title={t('data')} text={t('dataText')}>
      <a href="/api/me/export" download className={buttonStyle('outline', 'medium', 'self-start')}>
        <Download className="size-4" aria-hidden="true" />
        {t('export')}
      </a>
      <p className="max-w-prose text-muted">{t('deleteText')}</p>
      <Button look="warn" className="self-start" onClick={() => setIsAsked(true)}>
        {t('delete')}
      </Button>
      <DeleteDialog
        open={isAsked}
        onOpenChange={setIsAsked}
        userId={userId}
        name={name}
        renewsPlus={renewsPlus}
      />
    </AccountSection>
  )
}

type DeleteDialogProps = DataSectionProps & { open: boolean; onOpenChange: (open: boolean) => void }

/** Deletes only for whoever types their own name: this cannot be undone. */
function DeleteDialog({ open, onOpenChange, userId, name, renewsPlus }: DeleteDialogProps) {
  const t = useTranslations()
  const { save, isBusy, refused } = useSave()
  const [typed, setTyped] = useState('')
  const remove = async () => {
    const deleted = await save(
      '/api/me/delete',
      z.object({ deleted: z.literal(true) }),
      { confirmed: true },
      null,
    )
    if (!deleted) return
    // A browser that keeps no files has none to remove.
    await forgetFilesOf(userId).catch(() => undefined)
    location.assign('/')
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('account.deleteTitle')}
      description={t('account.deleteText')}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void remove()
        }}
        className="flex flex-col gap-5"
      >
        {renewsPlus ? <p className="text-warn">{t('plus.deleteText')}</p> : null}
        <TextField
          label={t('account.deleteType', { name })}
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={refused ? t(`errors.${refused.code}`) : undefined}
        />
        <Button type="submit" look="warn" disabled={isBusy || typed.trim() !== name}>
          {t('account.deleteConfirm')}
        </Button>
      </form>
    </Dialog>
  )
}
