import { classNames } from './class-names.ts'
import { hueOf } from './hue-of.ts'
import { Picture } from './picture.tsx'

type AvatarProps = { id: string; name: string; src?: string | null; size?: 'medium' | 'large' }

const sizes = {
  medium: { pixels: 40, style: 'size-10 text-lg' },
  large: { pixels: 96, style: 'size-24 text-4xl' },
}

/** A person's picture, or their first letter in their colour; decoration beside the name. */
export function Avatar({ id, name, src = null, size = 'medium' }: AvatarProps) {
  const { pixels, style } = sizes[size]
  if (src) {
    return (
      <Picture
        src={src}
        alt=""
        width={pixels}
        height={pixels}
        className={classNames('bubble shrink-0 object-cover', style)}
      />
    )
  }
  const [initial = '?'] = name.trim()
  return (
    <span
      aria-hidden="true"
      className={classNames(
        'bubble inline-flex shrink-0 items-center justify-center bg-control font-display font-semibold uppercase',
        style,
      )}
      style={{ color: hueOf(id) }}
    >
      {initial}
    </span>
  )
}
