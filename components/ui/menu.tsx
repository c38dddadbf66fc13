'use client'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useOpener } from './use-opener.ts'

export type MenuItem = { icon: LucideIcon; label: string; onClick: () => void; disabled?: boolean }

type MenuProps = {
  label: string
  /** What the button shows. */
  face: ReactNode
  className: string
  /** What is false is left out. */
  items: readonly (MenuItem | false)[]
}

const loadMenuPopup = () => import('./menu-popup.tsx').then(({ MenuPopup }) => MenuPopup)

/** A button and the list of what can be done with it. */
export function Menu({ label, face, className, items }: MenuProps) {
  const { Popup, opener, opened, openByKey } = useOpener(loadMenuPopup, 'menu')
  return (
    <>
      <button
        type="button"
        aria-label={label}
        className={className}
        {...opener}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          openByKey()
        }}
      >
        {face}
      </button>
      {Popup ? <Popup {...opened} label={label} items={items.filter((item) => item !== false)} /> : null}
    </>
  )
}
