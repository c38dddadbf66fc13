'use client'
import { CircleUserRound, LogOut, PencilLine } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { useMediaUrl } from '#components/app/use-media-url.ts'
import { Avatar } from '#components/ui/avatar.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { Menu } from '#components/ui/menu.tsx'
import { notify } from '#components/ui/toasts.ts'
import { RenameDialog } from './rename-dialog.tsx'

type AccountMenuProps = { userId: string; name: string; avatarPath: string | null; isGuest: boolean }

/** What a person can do with the name they are here under. */
export function AccountMenu({ userId, name, avatarPath, isGuest }: AccountMenuProps) {
  const t = useTranslations()
  const config = usePublicConfig()
  const router = useRouter()
  const mediaUrl = useMediaUrl()
  const [dialog, setDialog] = useState<'rename' | 'leave' | null>(null)

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
    <>
      <Menu
        label={t('header.account', { name })}
        face={<Avatar id={userId} name={name} src={mediaUrl(avatarPath)} />}
        className="flex size-11 items-center"
        items={[
          { icon: CircleUserRound, label: t('account.open'), onClick: () => router.push('/account') },
          { icon: PencilLine, label: t('header.rename'), onClick: () => setDialog('rename') },
          { icon: LogOut, label: t('header.signOut'), onClick: () => setDialog('leave') },
        ]}
      />
      <RenameDialog
        open={dialog === 'rename'}
        onOpenChange={(open) => setDialog(open ? 'rename' : null)}
        name={name}
      />
      <ConfirmDialog
        open={dialog === 'leave'}
        onOpenChange={(open) => setDialog(open ? 'leave' : null)}
        title={t('header.signOut')}
        text={t(isGuest ? 'header.signOutWarning' : 'account.leaveText')}
        confirm={t('header.signOut')}
        onConfirm={() => void leave()}
      />
    </>
  )
}
