'use client'
import type { ReactNode } from 'react'
import { type OpenerProps, useOpener } from './use-opener.ts'

type PopoverProps = { button: (props: OpenerProps) => ReactNode; title: string; children: ReactNode }

const loadPopoverPopup = () => import('./popover-popup.tsx').then(({ PopoverPopup }) => PopoverPopup)

/** A short explanation beside what it explains; opens by pointer, touch and key alike. */
export function Popover({ button, title, children }: PopoverProps) {
  const { Popup, opener, opened } = useOpener(loadPopoverPopup, 'dialog')
  return (
    <>
      {button(opener)}
      {Popup ? (
        <Popup {...opened} title={title}>
          {children}
        </Popup>
      ) : null}
    </>
  )
}
