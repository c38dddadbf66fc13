import { LightBars } from '#components/brand/light-bars.tsx'

const heights = ['h-14 sm:h-24', 'h-8 sm:h-12', 'h-5 sm:h-7'] as const

function Rows({ tone }: { tone: 'lit' | 'unlit' }) {
  return heights.map((height) => (
    <LightBars
      key={height}
      seed="one song, everyone, right now"
      count={110}
      tone={tone}
      className={`w-full shrink-0 ${height}`}
    />
  ))
}

const stack = 'flex w-full flex-col gap-3 py-3'

/**
 * What the product does, drawn: one sound on several devices, crossed by the same instant. The light moves with that
 * instant, which is the edge of its window; where motion is not welcome both stand still.
 */
export function SyncBand() {
  return (
    <div aria-hidden="true" className="relative w-full overflow-hidden">
      <div className={stack}>
        <Rows tone="unlit" />
      </div>
      <div className="sweep-window absolute inset-0 overflow-hidden border-text border-r-2">
        <div className={`sweep-still ${stack}`}>
          <Rows tone="lit" />
        </div>
      </div>
    </div>
  )
}
