'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { notify } from '#components/ui/toasts.ts'
import { AccountSection } from './account-section.tsx'

/** Out of this device; a guest loses by it what they had, and is told so. */
export function LeaveSection({ isGuest }: { isGuest: boolean }) {
  const t = useTranslations()
  const config = usePublicConfig()
  const [isAsked, setIsAsked] = useState(false)

  const leave = async () => {
    try {
      await authClientOf(config).signOut()
      // A whole new page: nothing that was loaded for whoever leaves stays in it.
      location.reload()
    } catch (error) {
      notify(t(`errors.${errorCodeOf(error)}`), 'warn')
    }
  }

  return (
    <AccountSection
      title={t('header.signOut')}
      text={t(isGuest ? 'header.signOutWarning' : 'account.leaveText')}
    >
      <Button look="outline" className="self-start" onClick={() => setIsAsked(true)}>
        {t('header.signOut')}
      </Button>
      <ConfirmDialog
        open={isAsked}
        onOpenChange={setIsAsked}
        title={t('header.signOut')}
        text={t(isGuest ? 'header.signOutWarning' : 'account.leaveText')}
        confirm={t('header.signOut')}
        onConfirm={() => void leave()}
      />
    </AccountSection>
  )
}
