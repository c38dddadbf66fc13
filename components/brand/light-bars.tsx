import { classNames } from '#components/ui/class-names.ts'
import { barsOf, barStep as step } from './bars.ts'

type LightBarsProps = {
  /** The same seed draws the same sound. */
  seed: string
  count: number
  className?: string
  tone?: 'lit' | 'unlit'
}

/** Sound drawn as light: the ornament of the house. Decoration only; it breathes where motion is welcome. */
export function LightBars({ seed, count, className, tone = 'lit' }: LightBarsProps) {
  return (
    <svg
      viewBox={`0 0 ${count * step} 100`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={classNames('pointer-events-none select-none', className)}
    >
      {barsOf(seed, count).map(({ x, height, delayInSeconds }) => (
        <rect
          key={x}
          x={x + step * 0.25}
          width={step * 0.5}
          y={50 - height * 50}
          height={height * 100}
          rx="2.5"
          className={classNames(
            'origin-center animate-breathe [transform-box:fill-box]',
            tone === 'lit' ? 'fill-volt' : 'fill-control-hover',
          )}
          style={{ animationDelay: `${delayInSeconds}s` }}
        />
      ))}
    </svg>
  )
}
