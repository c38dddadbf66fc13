'use client'
import { Menu as BaseMenu } from '@base-ui/react/menu'
import { useRef } from 'react'
import type { MenuItem } from './menu.tsx'
import type { OpenedProps } from './use-opener.ts'

type MenuPopupProps = OpenedProps & { label: string; items: readonly MenuItem[] }

/** What a menu's button opens. */
export function MenuPopup({ open, onOpenChange, isByKey, anchor, label, items }: MenuPopupProps) {
  const first = useRef<HTMLDivElement>(null)
  return (
    <BaseMenu.Root
      open={open}
      onOpenChange={onOpenChange}
      onOpenChangeComplete={(isOpen) => {
        if (isOpen && isByKey) first.current?.focus()
      }}
    >
      <BaseMenu.Portal>
        <BaseMenu.Positioner anchor={anchor} sideOffset={6} align="end" className="z-50 outline-none">
          <BaseMenu.Popup
            aria-label={label}
            // What was chosen may have taken the button away: then the focus is where that put it.
            finalFocus={() => anchor.current ?? false}
            className="bubble min-w-52 border border-line bg-control p-1.5 text-text shadow-2xl shadow-black/60 outline-none transition-[opacity,transform] duration-150 ease-soft data-ending-style:scale-95 data-ending-style:opacity-0 data-starting-style:scale-95 data-starting-style:opacity-0"
          >
            {items.map(({ icon: Icon, label, onClick, disabled = false }, index) => (
              <BaseMenu.Item
                key={label}
                ref={index === 0 ? first : undefined}
                disabled={disabled}
                onClick={onClick}
                className="flex min-h-11 cursor-pointer items-center gap-3 rounded-xl px-3 text-[0.9375rem] outline-none data-disabled:cursor-default data-highlighted:bg-control-hover data-disabled:opacity-50"
              >
                <span className="flex size-5 items-center justify-center text-muted">
                  <Icon className="size-4" aria-hidden="true" />
                </span>
                {label}
              </BaseMenu.Item>
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}
