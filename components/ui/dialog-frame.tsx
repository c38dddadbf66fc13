'use client'
import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { buttonStyle } from './button-style.ts'
import { classNames } from './class-names.ts'
import type { DialogProps } from './dialog.tsx'

const popup =
  'fixed inset-x-0 bottom-0 z-40 flex max-h-[92dvh] flex-col border-line border-t bg-raised text-text outline-none transition-[transform,opacity] duration-300 ease-soft rounded-t-3xl data-ending-style:translate-y-full data-starting-style:translate-y-full pb-[env(safe-area-inset-bottom)]'

const shapes = {
  card: 'sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[28rem] sm:max-h-[86dvh] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-3xl sm:rounded-bl-[0.1875rem] sm:border sm:data-starting-style:opacity-0 sm:data-ending-style:opacity-0 sm:data-starting-style:-translate-y-[46%] sm:data-ending-style:-translate-y-[46%]',
  sheet:
    'h-[88dvh] sm:inset-y-0 sm:right-0 sm:left-auto sm:h-dvh sm:max-h-none sm:w-[30rem] sm:max-w-full sm:rounded-none sm:border-t-0 sm:border-l sm:data-starting-style:translate-x-full sm:data-starting-style:translate-y-0 sm:data-ending-style:translate-x-full sm:data-ending-style:translate-y-0',
}

/** What a dialog is made of; see `dialog.tsx`. */
export function DialogFrame({
  open,
  onOpenChange,
  title,
  description,
  children,
  shape = 'card',
}: DialogProps) {
  const t = useTranslations('common')
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-sunken/80 transition-opacity duration-300 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Popup className={classNames(popup, shapes[shape])}>
          <div className="flex items-start justify-between gap-4 px-5 pt-5 sm:px-7 sm:pt-6">
            <div className="flex flex-col gap-2 pt-1">
              <BaseDialog.Title className="display text-3xl">{title}</BaseDialog.Title>
              {description ? (
                <BaseDialog.Description className="text-muted">{description}</BaseDialog.Description>
              ) : null}
            </div>
            <BaseDialog.Close aria-label={t('close')} className={buttonStyle('quiet', 'icon', '-mr-2')}>
              <X className="size-5" aria-hidden="true" />
            </BaseDialog.Close>
          </div>
          <div className="scroll-quiet flex min-h-0 flex-1 flex-col overflow-y-auto px-5 pt-5 pb-7 sm:px-7">
            {children}
          </div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}
