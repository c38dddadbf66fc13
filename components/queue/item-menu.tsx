'use client'
import { ArrowDown, ArrowUp, ArrowUpToLine, Ellipsis, PinOff, Play, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCommand, useIsAllowed, useRoom } from '#components/room/use-room.ts'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Menu, MenuItem } from '#components/ui/menu.tsx'
import type { ViewQueueItem } from '#lib/client/session/view-state.ts'

type ItemMenuProps = {
  item: ViewQueueItem
  index: number
  length: number
  onMove: (from: number, to: number) => void
}

const icon = { className: 'size-4', 'aria-hidden': true } as const

/** What can be done with a waiting song, by whom it can be done. */
export function ItemMenu({ item, index, length, onMove }: ItemMenuProps) {
  const t = useTranslations('queue')
  const command = useCommand()
  const mayOrder = useIsAllowed('order_queue')
  const isOwn = useRoom((view) => view.me.userId === item.addedBy)
  if (!mayOrder && !isOwn) return null
  const itemId = item.id
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t('actions', { title: item.track.title })}
          className={buttonStyle('quiet', 'icon', '-mr-2')}
        >
          <Ellipsis className="size-5" aria-hidden="true" />
        </button>
      }
    >
      {mayOrder ? (
        <>
          <MenuItem icon={<Play {...icon} />} onClick={() => void command({ kind: 'playback.play', itemId })}>
            {t('playNow')}
          </MenuItem>
          <MenuItem
            icon={<ArrowUp {...icon} />}
            disabled={index === 0}
            onClick={() => onMove(index, index - 1)}
          >
            {t('moveUp')}
          </MenuItem>
          <MenuItem
            icon={<ArrowDown {...icon} />}
            disabled={index === length - 1}
            onClick={() => onMove(index, index + 1)}
          >
            {t('moveDown')}
          </MenuItem>
          <MenuItem
            icon={<ArrowUpToLine {...icon} />}
            disabled={index === 0}
            onClick={() => onMove(index, 0)}
          >
            {t('moveTop')}
          </MenuItem>
          {item.pinnedOrder === null ? null : (
            <MenuItem
              icon={<PinOff {...icon} />}
              onClick={() => void command({ kind: 'queue.unpin', itemId })}
            >
              {t('unpin')}
            </MenuItem>
          )}
        </>
      ) : null}
      <MenuItem icon={<Trash2 {...icon} />} onClick={() => void command({ kind: 'queue.remove', itemId })}>
        {t('remove')}
      </MenuItem>
    </Menu>
  )
}
