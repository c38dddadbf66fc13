import { classNames } from '#components/ui/class-names.ts'
import { barStep, barsOf } from './bars.ts'

type LightBarsProps = {
  /** The same seed draws the same sound. */
  seed: string
  count: number
  className?: string
  tone?: 'lit' | 'unlit'
}

/** All bars as one path: hundreds of elements would be most of a page. A round end is half a bar's width long. */
function pathOf(seed: string, count: number): string {
  return barsOf(seed, count)
    .map(({ x, height }) => {
      const half = Math.max(0.1, height * 50 - barStep / 4)
      return `M${x + barStep / 2} ${(50 - half).toFixed(1)}v${(2 * half).toFixed(1)}`
    })
    .join('')
}

/**
 * Sound drawn as light: the ornament of the house. Decoration only; it breathes where motion is welcome, as a whole: that
 * costs a phone nothing, while bars that move one by one are painted anew in every frame.
 */
export function LightBars({ seed, count, className, tone = 'lit' }: LightBarsProps) {
  return (
    <svg
      viewBox={`0 0 ${count * barStep} 100`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={classNames('pointer-events-none animate-breathe select-none', className)}
    >
      <path
        d={pathOf(seed, count)}
        strokeWidth={barStep / 2}
        strokeLinecap="round"
        className={tone === 'lit' ? 'stroke-volt' : 'stroke-control-hover'}
      />
    </svg>
  )
}
