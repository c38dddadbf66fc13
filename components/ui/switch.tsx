'use client'
import { Switch as BaseSwitch } from '@base-ui/react/switch'
import { useId } from 'react'

type SwitchProps = { label: string; checked: boolean; onCheckedChange: (checked: boolean) => void }

/** Something that is on or off, with what it is beside it; the whole line can be pressed. */
export function Switch({ label, checked, onCheckedChange }: SwitchProps) {
  const id = useId()
  return (
    <div className="flex min-h-11 items-center justify-between gap-4">
      <label htmlFor={id} className="flex-1 py-2">
        {label}
      </label>
      <BaseSwitch.Root
        id={id}
        checked={checked}
        onCheckedChange={onCheckedChange}
        className="flex h-7 w-12 shrink-0 items-center rounded-full border border-edge bg-sunken px-0.5 transition-colors data-checked:border-volt data-checked:bg-volt"
      >
        <BaseSwitch.Thumb className="size-5 rounded-full bg-muted transition-transform duration-200 ease-soft data-checked:translate-x-[1.3rem] data-checked:bg-on-volt" />
      </BaseSwitch.Root>
    </div>
  )
}
