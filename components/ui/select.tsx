import { type ComponentProps, useId } from 'react'
import { classNames } from './class-names.ts'

type SelectProps = ComponentProps<'select'> & {
  label: string
  /** Hides the label from sight only. */
  labelHidden?: boolean
}

/** One choice of several, by the platform's own list. */
export function Select({ label, labelHidden = false, className, ...rest }: SelectProps) {
  const id = useId()
  return (
    <div className={classNames('flex min-w-0 flex-col gap-2', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-sm font-medium'}>
        {label}
      </label>
      <select
        id={id}
        className="bubble min-h-12 w-full border border-edge bg-sunken px-4 text-base text-text hover:border-muted focus-visible:border-volt focus-visible:outline-offset-0"
        {...rest}
      />
    </div>
  )
}
