'use client'
import { Popover as BasePopover } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'

type PopoverProps = { trigger: ReactElement; title: string; children: ReactNode }

/** A short explanation beside what it explains; opens by pointer, touch and key alike. */
export function Popover({ trigger, title, children }: PopoverProps) {
  return (
    <BasePopover.Root>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner sideOffset={8} align="end" className="z-50 outline-none">
          <BasePopover.Popup className="bubble flex w-72 max-w-[calc(100vw-2rem)] flex-col gap-2 border border-line bg-control p-4 text-text shadow-2xl shadow-black/60 outline-none transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <BasePopover.Title className="font-semibold">{title}</BasePopover.Title>
            <div className="text-muted text-sm">{children}</div>
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  )
}
