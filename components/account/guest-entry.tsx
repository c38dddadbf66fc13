'use client'
import type { ButtonLook } from '#components/ui/button-style.ts'
import { GuestForm } from './guest-form.tsx'
import { useEnter } from './use-enter.ts'

/** The field for a name, which lets one in. */
export function GuestEntry(props: { submitLabel?: string; look?: ButtonLook }) {
  return <GuestForm onEnter={useEnter()} {...props} />
}
