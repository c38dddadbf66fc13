'use client'
import { Menu as BaseMenu } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'

type MenuProps = { trigger: ReactElement; children: ReactNode; align?: 'start' | 'end' }

export function Menu({ trigger, children, align = 'end' }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={6} align={align} className="z-50 outline-none">
          <BaseMenu.Popup className="bubble min-w-52 border border-line bg-control p-1.5 text-text shadow-2xl shadow-black/60 outline-none transition-[opacity,transform] duration-150 ease-soft data-ending-style:scale-95 data-ending-style:opacity-0 data-starting-style:scale-95 data-starting-style:opacity-0">
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}

type MenuItemProps = { icon?: ReactNode; children: ReactNode; onClick: () => void; disabled?: boolean }

export function MenuItem({ icon, children, onClick, disabled = false }: MenuItemProps) {
  return (
    <BaseMenu.Item
      disabled={disabled}
      onClick={onClick}
      className="flex min-h-11 cursor-pointer items-center gap-3 rounded-xl px-3 text-[0.9375rem] outline-none data-disabled:cursor-default data-highlighted:bg-control-hover data-disabled:opacity-50"
    >
      {icon ? <span className="flex size-5 items-center justify-center text-muted">{icon}</span> : null}
      {children}
    </BaseMenu.Item>
  )
}
