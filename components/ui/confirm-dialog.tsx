'use client'
import { useTranslations } from 'next-intl'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

type ConfirmDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  text: string
  confirm: string
  onConfirm: () => void
}

/** Asks before something that cannot be undone; the safe answer comes first. */
export function ConfirmDialog({ open, onOpenChange, title, text, confirm, onConfirm }: ConfirmDialogProps) {
  const t = useTranslations('common')
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={text}>
      <div className="flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">
        <Button look="outline" onClick={() => onOpenChange(false)}>
          {t('cancel')}
        </Button>
        <Button
          look="warn"
          onClick={() => {
            onOpenChange(false)
            onConfirm()
          }}
        >
          {confirm}
        </Button>
      </div>
    </Dialog>
  )
}
