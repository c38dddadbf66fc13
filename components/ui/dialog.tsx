'use client'
import type { ReactNode } from 'react'
import { useLater } from './use-later.ts'

export type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  children: ReactNode
  /** `sheet` fills the side of a wide screen; both come up from the bottom of a phone. */
  shape?: 'card' | 'sheet'
}

const loadDialogFrame = () => import('./dialog-frame.tsx').then(({ DialogFrame }) => DialogFrame)

/**
 * A dialog that names itself, keeps the focus, closes with Escape and gives the focus back. Its code is fetched when it
 * first opens.
 */
export function Dialog(props: DialogProps) {
  const DialogFrame = useLater(loadDialogFrame, props.open, () => props.onOpenChange(false))
  return DialogFrame ? <DialogFrame {...props} /> : null
}
