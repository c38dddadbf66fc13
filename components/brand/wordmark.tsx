import { Mark } from './mark.tsx'

/** The mark with the name beside it. The name is never translated. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2">
      <Mark className="size-8 shrink-0" />
      <span className="display text-xl tracking-tight">WhatsSound</span>
    </span>
  )
}
