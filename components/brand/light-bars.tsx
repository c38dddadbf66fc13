import { classNames } from '#components/ui/class-names.ts'
import { hashOf, seededRandom } from '#components/ui/seeded-random.ts'

type LightBarsProps = {
  /** The same seed draws the same sound. */
  seed: string
  count: number
  className?: string
  tone?: 'lit' | 'unlit'
}

const step = 10

/** Heights from 0 to 1 that rise and fall as music does: a beat under a phrase under a slow swell. */
function barsOf(seed: string, count: number): { x: number; height: number; delayInSeconds: number }[] {
  const random = seededRandom(hashOf(seed))
  const phrase = 0.25 + random() * 0.2
  const beat = 1.2 + random() * 0.6
  return Array.from({ length: count }, (_, index) => {
    const swell = 0.74 + 0.26 * Math.sin((index / count) * Math.PI * 5.2 - 0.7)
    const song = 0.56 + 0.27 * Math.sin(index * phrase) + 0.17 * Math.sin(index * beat)
    const height = Math.min(1, Math.max(0.07, swell * song * (0.55 + random() * 0.6)))
    return { x: index * step, height, delayInSeconds: ((index * 7) % 48) * -0.1 }
  })
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
