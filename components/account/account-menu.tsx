'use client'
import { CircleUserRound, LogOut, PencilLine } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useMediaUrl } from '#components/app/use-media-url.ts'
import { Avatar } from '#components/ui/avatar.tsx'
import { Menu } from '#components/ui/menu.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import { SignOutDialog } from './sign-out-dialog.tsx'

type AccountMenuProps = { userId: string; name: string; avatarPath: string | null; isGuest: boolean }

/** What a person can do with the name they are here under. */
export function AccountMenu({ userId, name, avatarPath, isGuest }: AccountMenuProps) {
  const t = useTranslations()
  const router = useRouter()
  const mediaUrl = useMediaUrl()
  const [dialog, setDialog] = useState<'rename' | 'leave' | null>(null)

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
      <SignOutDialog
        isGuest={isGuest}
        open={dialog === 'leave'}
        onOpenChange={(open) => setDialog(open ? 'leave' : null)}
      />
    </>
  )
}
