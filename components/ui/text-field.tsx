import { type ComponentProps, useId } from 'react'
import { classNames } from './class-names.ts'

type TextFieldProps = ComponentProps<'input'> & {
  label: string
  hint?: string | undefined
  error?: string | undefined
  /** Hides the label from sight only. */
  labelHidden?: boolean
}

/** One line of text with its label, and its hint or what is wrong with it. */
export function TextField({ label, hint, error, labelHidden = false, className, ...rest }: TextFieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={classNames('flex min-w-0 flex-col gap-2', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-sm font-medium'}>
        {label}
      </label>
      <input
        id={id}
        aria-describedby={note ? `${id}-note` : undefined}
        aria-invalid={error ? true : undefined}
        className="bubble min-h-12 w-full border border-edge bg-sunken px-4 text-base text-text placeholder:text-muted hover:border-muted focus-visible:border-volt focus-visible:outline-offset-0 aria-invalid:border-warn"
        {...rest}
      />
      {note ? (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={error ? 'text-sm text-warn' : 'text-sm text-muted'}
        >
          {note}
        </p>
      ) : null}
    </div>
  )
}
