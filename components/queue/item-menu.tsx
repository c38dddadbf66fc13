'use client'
import { ArrowDown, ArrowUp, ArrowUpToLine, Ellipsis, PinOff, Play, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCommand, useIsAllowed, useRoom } from '#components/room/use-room.ts'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Menu, type MenuItem } from '#components/ui/menu.tsx'
import type { ViewQueueItem } from '#lib/client/session/view-state.ts'

type ItemMenuProps = {
  item: ViewQueueItem
  index: number
  length: number
  onMove: (from: number, to: number) => void
  onRemove: () => void
}

/** What can be done with a waiting song, by whom it can be done. */
export function ItemMenu({ item, index, length, onMove, onRemove }: ItemMenuProps) {
  const t = useTranslations('queue')
  const command = useCommand()
  const mayOrder = useIsAllowed('order_queue')
  const isOwn = useRoom((view) => view.me.userId === item.addedBy)
  if (!mayOrder && !isOwn) return null
  const itemId = item.id
  const ordering: MenuItem[] = [
    { icon: Play, label: t('playNow'), onClick: () => void command({ kind: 'playback.play', itemId }) },
    {
      icon: ArrowUp,
      label: t('moveUp'),
      disabled: index === 0,
      onClick: () => onMove(index, index - 1),
    },
    {
      icon: ArrowDown,
      label: t('moveDown'),
      disabled: index === length - 1,
      onClick: () => onMove(index, index + 1),
    },
    { icon: ArrowUpToLine, label: t('moveTop'), disabled: index === 0, onClick: () => onMove(index, 0) },
  ]
  return (
    <Menu
      label={t('actions', { title: item.track.title })}
      face={<Ellipsis className="size-5" aria-hidden="true" />}
      className={buttonStyle('quiet', 'icon', '-mr-2')}
      items={[
        ...(mayOrder ? ordering : []),
        mayOrder &&
          item.pinnedOrder !== null && {
            icon: PinOff,
            label: t('unpin'),
            onClick: () => void command({ kind: 'queue.unpin', itemId }),
          },
        { icon: Trash2, label: t('remove'), onClick: onRemove },
      ]}
    />
  )
}
