'use client'
import { Tooltip } from '@base-ui/react/tooltip'
import type { ComponentProps } from 'react'
import { Button } from './button.tsx'
import { TooltipPopup } from './tooltip-popup.tsx'

type IconButtonProps = Omit<ComponentProps<typeof Button>, 'size' | 'aria-label'> & { label: string }

const tooltipDelayInMs = 500

/** A button that shows only an icon: its name is read aloud, and shown when it is pointed at or focused. */
export function IconButton({ label, look = 'quiet', ...rest }: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        delay={tooltipDelayInMs}
        render={<Button look={look} size="icon" aria-label={label} {...rest} />}
      />
      <TooltipPopup>{label}</TooltipPopup>
    </Tooltip.Root>
  )
}
