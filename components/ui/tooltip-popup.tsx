'use client'
import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactNode } from 'react'

export function TooltipPopup({ children }: { children: ReactNode }) {
  return (
    <Tooltip.Portal>
      <Tooltip.Positioner sideOffset={8} className="z-50">
        <Tooltip.Popup className="bubble max-w-72 border border-line bg-control px-3 py-2 text-sm text-text shadow-lg shadow-black/50 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0">
          {children}
        </Tooltip.Popup>
      </Tooltip.Positioner>
    </Tooltip.Portal>
  )
}
