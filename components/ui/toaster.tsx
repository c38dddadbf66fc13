'use client'
import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { buttonStyle } from './button-style.ts'
import { toasts } from './toast-manager.ts'

function ToastList() {
  const t = useTranslations('common')
  const { toasts: shown } = Toast.useToastManager()
  return shown.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="bubble flex items-center gap-2 border border-line bg-control py-1 pr-1 pl-4 text-text shadow-2xl shadow-black/60 transition-[opacity,transform] duration-300 ease-soft data-ending-style:translate-y-2 data-starting-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:opacity-0 data-limited:hidden data-[type=warn]:border-warn/60 data-[type=warn]:bg-warn-deep"
    >
      <Toast.Content className="flex flex-1 items-center gap-2">
        <Toast.Description className="flex-1 text-[0.9375rem]" />
        <Toast.Close aria-label={t('dismiss')} className={buttonStyle('quiet', 'icon')}>
          <X className="size-4" aria-hidden="true" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}

export function Toaster() {
  const t = useTranslations('common')
  return (
    <Toast.Provider toastManager={toasts} limit={3}>
      <Toast.Portal>
        <Toast.Viewport
          aria-label={t('notices')}
          className="pointer-events-none fixed inset-x-4 top-4 z-50 mx-auto flex max-w-md flex-col gap-2 *:pointer-events-auto"
        >
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}
