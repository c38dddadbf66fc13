'use client'
import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactNode, RefObject } from 'react'

type TooltipPopupProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  anchor: RefObject<HTMLElement | null>
  children: ReactNode
}

export function TooltipPopup({ open, onOpenChange, anchor, children }: TooltipPopupProps) {
  return (
    <Tooltip.Root open={open} onOpenChange={onOpenChange}>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={anchor} sideOffset={8} className="z-50">
          <Tooltip.Popup className="bubble max-w-72 border border-line bg-control px-3 py-2 text-sm text-text shadow-lg shadow-black/50 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
