'use client'
import type { ButtonLook } from '#components/ui/button-style.ts'
import { GuestForm } from './guest-form.tsx'
import { useEnter } from './use-enter.ts'

type GuestEntryProps = {
  submitLabel?: string
  look?: ButtonLook
  /** Hears who came in, and has the page drawn again. */
  onEntered?: (userId: string) => void
}

/** The field for a name, which lets one in. */
export function GuestEntry({ onEntered, ...look }: GuestEntryProps) {
  return <GuestForm onEnter={useEnter(onEntered)} {...look} />
}
