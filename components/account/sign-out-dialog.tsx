'use client'
import { useTranslations } from 'next-intl'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { notify } from '#components/ui/toasts.ts'

type SignOutDialogProps = { isGuest: boolean; open: boolean; onOpenChange: (open: boolean) => void }

/** Asks before somebody is signed out: a guest loses by it what they had. */
export function SignOutDialog({ isGuest, open, onOpenChange }: SignOutDialogProps) {
  const t = useTranslations()
  const config = usePublicConfig()

  const signOut = async () => {
    try {
      await authClientOf(config).signOut()
      // A whole new page: nothing that was loaded for whoever leaves stays in it.
      location.reload()
    } catch (error) {
      notify(t(`errors.${errorCodeOf(error)}`), 'warn')
    }
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('header.signOut')}
      text={t(isGuest ? 'header.signOutWarning' : 'account.leaveText')}
      confirm={t('header.signOut')}
      onConfirm={() => void signOut()}
    />
  )
}
