import { coloursOfBars } from '#components/player/band-colours.ts'
import { barsOf } from '#components/player/waveform-bars.ts'

const count = 40

type MiniWaveformProps = { waveform: readonly number[]; bands: string | null; className?: string }

/** The shape of a track at a glance, coloured by its tones; decoration. */
export function MiniWaveform({ waveform, bands, className }: MiniWaveformProps) {
  const colours = bands ? coloursOfBars(bands, count) : null
  const bars = barsOf(waveform, count).map((level, index) => {
    const half = Math.max(1, level * 14)
    return { index, path: `M${index * 4 + 2} ${16 - half}V${16 + half}`, colour: colours?.[index]?.lit }
  })
  return (
    <svg viewBox={`0 0 ${count * 4} 32`} preserveAspectRatio="none" aria-hidden="true" className={className}>
      {bars.map(({ index, path, colour }) => (
        <path
          key={index}
          d={path}
          className={colour ? undefined : 'stroke-edge'}
          stroke={colour}
          strokeWidth="2"
          strokeLinecap="round"
        />
      ))}
    </svg>
  )
}
