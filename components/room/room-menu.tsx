'use client'
import { Ellipsis, Keyboard, ListMusic, ListX, LogOut, Square } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Menu } from '#components/ui/menu.tsx'
import { useCommand, useIsAllowed, useRoom } from './use-room.ts'

type RoomMenuProps = { onShortcuts: () => void; onEnd: () => void }

/** What is needed once a night. */
export function RoomMenu({ onShortcuts, onEnd }: RoomMenuProps) {
  const t = useTranslations()
  const router = useRouter()
  const command = useCommand()
  const mayManage = useIsAllowed('manage')
  const requestsOpen = useRoom((view) => view.session.requestsOpen)
  return (
    <Menu
      label={t('room.moreOptions')}
      face={<Ellipsis className="size-5" aria-hidden="true" />}
      className={buttonStyle('quiet', 'icon')}
      items={[
        mayManage && {
          icon: requestsOpen ? ListX : ListMusic,
          label: requestsOpen ? t('controls.closeRequests') : t('controls.openRequests'),
          onClick: () => void command({ kind: 'session.update', requestsOpen: !requestsOpen }),
        },
        { icon: Keyboard, label: t('room.shortcuts'), onClick: onShortcuts },
        { icon: LogOut, label: t('room.leave'), onClick: () => router.push('/') },
        mayManage && { icon: Square, label: t('controls.end'), onClick: onEnd },
      ]}
    />
  )
}
