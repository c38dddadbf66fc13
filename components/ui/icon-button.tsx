'use client'
import type { ComponentProps } from 'react'
import { Button } from './button.tsx'
import { useTooltip } from './use-tooltip.ts'

type IconButtonProps = Omit<ComponentProps<typeof Button>, 'size' | 'aria-label'> & { label: string }

/** A button that shows only an icon: its name is read aloud, and shown when it is pointed at or focused. */
export function IconButton({ label, look = 'quiet', ...rest }: IconButtonProps) {
  const { Popup, button, popup } = useTooltip()
  return (
    <>
      <Button look={look} size="icon" aria-label={label} {...rest} {...button} />
      {Popup ? <Popup {...popup}>{label}</Popup> : null}
    </>
  )
}
