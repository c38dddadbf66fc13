import { hueOf } from './hue-of.ts'

/** A person's first letter in their colour; decoration beside the name. */
export function Avatar({ id, name }: { id: string; name: string }) {
  const [initial = '?'] = name.trim()
  return (
    <span
      aria-hidden="true"
      className="bubble inline-flex size-10 shrink-0 items-center justify-center bg-control font-display font-semibold text-lg uppercase"
      style={{ color: hueOf(id) }}
    >
      {initial}
    </span>
  )
}
