'use client'
import { Popover as BasePopover } from '@base-ui/react/popover'
import type { ReactNode } from 'react'
import type { OpenedProps } from './use-opener.ts'

type PopoverPopupProps = OpenedProps & { title: string; children: ReactNode }

/** What a popover's button opens. */
export function PopoverPopup({ open, onOpenChange, anchor, title, children }: PopoverPopupProps) {
  return (
    <BasePopover.Root open={open} onOpenChange={onOpenChange}>
      <BasePopover.Portal>
        <BasePopover.Positioner anchor={anchor} sideOffset={8} align="end" className="z-50 outline-none">
          <BasePopover.Popup
            finalFocus={anchor}
            className="bubble flex w-72 max-w-[calc(100vw-2rem)] flex-col gap-2 border border-line bg-control p-4 text-text shadow-2xl shadow-black/60 outline-none transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <BasePopover.Title className="font-semibold">{title}</BasePopover.Title>
            <div className="text-muted text-sm">{children}</div>
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  )
}
