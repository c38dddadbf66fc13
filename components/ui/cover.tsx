import { classNames } from './class-names.ts'
import { type CoverShape, coverPattern } from './cover-pattern.ts'
import { Picture } from './picture.tsx'

type CoverProps = {
  /** What the drawing is made from where there is no picture. */
  id: string
  src?: string | null | undefined
  className?: string
}

function Shape({ shape, light, glow }: { shape: CoverShape; light: string; glow: string }) {
  const stroke = { stroke: shape.strong ? light : glow, strokeWidth: shape.width, fill: 'none' }
  if (shape.kind === 'circle') return <circle cx={shape.x} cy={shape.y} r={shape.radius} {...stroke} />
  return <line x1={shape.x1} y1={shape.y1} x2={shape.x2} y2={shape.y2} strokeLinecap="round" {...stroke} />
}

/** The picture of a track or session, or a drawing of our own; decoration, since the title stands beside it. */
export function Cover({ id, src, className }: CoverProps) {
  const frame = classNames('bubble block aspect-square shrink-0 overflow-hidden', className)
  if (src) {
    return <Picture src={src} alt="" width={512} height={512} className={classNames(frame, 'object-cover')} />
  }
  const { ground, light, glow, shapes } = coverPattern(id)
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true" className={frame}>
      <rect width="100" height="100" fill={ground} />
      {shapes.map((shape) => (
        <Shape key={JSON.stringify(shape)} shape={shape} light={light} glow={glow} />
      ))}
    </svg>
  )
}
