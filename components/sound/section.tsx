import { type ReactNode, useId } from 'react'

type SectionProps = { title: string; text?: string; children: ReactNode }

/** A part of the panel, with its name. */
export function Section({ title, text, children }: SectionProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-3 border-line border-t pt-5 first:border-t-0 first:pt-0"
    >
      <h3 id={id} className="font-semibold text-lg">
        {title}
      </h3>
      {text ? <p className="text-muted text-sm">{text}</p> : null}
      {children}
    </section>
  )
}
