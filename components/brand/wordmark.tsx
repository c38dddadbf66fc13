import { Mark } from './mark.tsx'

/** The mark with the name beside it, where there is room for both. The name is never translated. */
export function Wordmark() {
  return (
    <span className="flex h-8 flex-wrap items-center gap-x-2 overflow-hidden">
      <Mark className="size-8 shrink-0" />
      <span className="display text-xl tracking-tight">WhatsSound</span>
    </span>
  )
}
