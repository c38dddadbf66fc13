import { LightBars } from '#components/brand/light-bars.tsx'

const rows = ['h-14 sm:h-24', 'h-8 sm:h-12', 'h-5 sm:h-7'] as const
const bars = { seed: 'one song, everyone, right now', count: 110, className: 'absolute inset-0 size-full' }

/**
 * What the product does, drawn: one sound on several devices, crossed by the same instant. The light moves along with
 * it; where motion is not welcome it stands still.
 */
export function SyncBand() {
  return (
    <div aria-hidden="true" className="relative flex w-full flex-col gap-3 overflow-hidden py-3">
      {rows.map((height) => (
        <div key={height} className={`relative ${height}`}>
          <LightBars {...bars} tone="unlit" />
          <div className="sweep-light absolute inset-0">
            <LightBars {...bars} tone="lit" />
          </div>
        </div>
      ))}
      <div className="sweep-line absolute inset-y-0 w-full">
        <div className="h-full w-0.5 bg-text" />
      </div>
    </div>
  )
}
