'use client'
import { Ellipsis, Keyboard, ListMusic, ListX, LogOut, Square } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Menu, MenuItem } from '#components/ui/menu.tsx'
import { useCommand, useIsAllowed, useRoom } from './use-room.ts'

type RoomMenuProps = { onShortcuts: () => void; onEnd: () => void }

const icon = { className: 'size-4', 'aria-hidden': true } as const

/** What is needed once a night. */
export function RoomMenu({ onShortcuts, onEnd }: RoomMenuProps) {
  const t = useTranslations()
  const router = useRouter()
  const command = useCommand()
  const mayManage = useIsAllowed('manage')
  const requestsOpen = useRoom((view) => view.session.requestsOpen)
  return (
    <Menu
      trigger={
        <button type="button" aria-label={t('room.moreOptions')} className={buttonStyle('quiet', 'icon')}>
          <Ellipsis className="size-5" aria-hidden="true" />
        </button>
      }
    >
      {mayManage ? (
        <MenuItem
          icon={requestsOpen ? <ListX {...icon} /> : <ListMusic {...icon} />}
          onClick={() => void command({ kind: 'session.update', requestsOpen: !requestsOpen })}
        >
          {requestsOpen ? t('controls.closeRequests') : t('controls.openRequests')}
        </MenuItem>
      ) : null}
      <MenuItem icon={<Keyboard {...icon} />} onClick={onShortcuts}>
        {t('room.shortcuts')}
      </MenuItem>
      <MenuItem icon={<LogOut {...icon} />} onClick={() => router.push('/')}>
        {t('room.leave')}
      </MenuItem>
      {mayManage ? (
        <MenuItem icon={<Square {...icon} />} onClick={onEnd}>
          {t('controls.end')}
        </MenuItem>
      ) : null}
    </Menu>
  )
}
