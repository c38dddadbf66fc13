import { barsOf } from '#components/player/waveform-bars.ts'

const count = 40

/** The shape of a track at a glance; decoration. */
export function MiniWaveform({ waveform, className }: { waveform: readonly number[]; className?: string }) {
  const path = barsOf(waveform, count)
    .map((level, index) => {
      const half = Math.max(1, level * 14)
      return `M${index * 4 + 2} ${16 - half}V${16 + half}`
    })
    .join('')
  return (
    <svg viewBox={`0 0 ${count * 4} 32`} preserveAspectRatio="none" aria-hidden="true" className={className}>
      <path d={path} className="stroke-edge" strokeWidth="2" strokeLinecap="round" fill="none" />
    </svg>
  )
}
