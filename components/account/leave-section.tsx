'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { AccountSection } from './account-section.tsx'
import { SignOutDialog } from './sign-out-dialog.tsx'

/** Out of this device; a guest loses by it what they had, and is told so. */
export function LeaveSection({ isGuest }: { isGuest: boolean }) {
  const t = useTranslations()
  const [isAsked, setIsAsked] = useState(false)

  return (
    <AccountSection
      title={t('header.signOut')}
      text={t(isGuest ? 'header.signOutWarning' : 'account.leaveText')}
    >
      <Button look="outline" className="self-start" onClick={() => setIsAsked(true)}>
        {t('header.signOut')}
      </Button>
      <SignOutDialog isGuest={isGuest} open={isAsked} onOpenChange={setIsAsked} />
    </AccountSection>
  )
}
