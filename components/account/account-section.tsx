import { type ReactNode, useId } from 'react'

type AccountSectionProps = { title: string; text?: ReactNode; children: ReactNode }

/** A part of the account page, with its name. */
export function AccountSection({ title, text, children }: AccountSectionProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-5 border-line border-t pt-8 first:border-t-0 first:pt-0"
    >
      <div className="flex flex-col gap-2">
        <h2 id={id} className="display text-3xl">
          {title}
        </h2>
        {text ? <p className="max-w-prose text-muted">{text}</p> : null}
      </div>
      {children}
    </section>
  )
}
