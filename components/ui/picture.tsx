import type { ComponentProps } from 'react'

type PictureProps = Pick<ComponentProps<'img'>, 'src' | 'className'> & {
  alt: string
  width: number
  height: number
}

/** A picture as it is stored, fetched when it comes near. `width` and `height` keep its place. */
export function Picture({ alt, ...rest }: PictureProps) {
  // biome-ignore lint/performance/noImgElement: ours are small and WebP already; next/image would be more code than most of them.
  return <img alt={alt} loading="lazy" decoding="async" {...rest} />
}
