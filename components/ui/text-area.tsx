import { type ComponentProps, useId } from 'react'
import { classNames } from './class-names.ts'

type TextAreaProps = ComponentProps<'textarea'> & {
  label: string
  hint?: string | undefined
  error?: string | undefined
}

/** Several lines of text with their label, and their hint or what is wrong with them. */
export function TextArea({ label, hint, error, className, ...rest }: TextAreaProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={classNames('flex min-w-0 flex-col gap-2', className)}>
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <textarea
        id={id}
        aria-describedby={note ? `${id}-note` : undefined}
        aria-invalid={error ? true : undefined}
        className="bubble w-full border border-edge bg-sunken px-4 py-3 text-base text-text placeholder:text-muted hover:border-muted focus-visible:border-volt focus-visible:outline-offset-0 aria-invalid:border-warn"
        {...rest}
      />
      {note ? (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={error ? 'text-sm text-warn' : 'text-muted text-sm'}
        >
          {note}
        </p>
      ) : null}
    </div>
  )
}
