import { barStep, barsOf } from '#components/brand/bars.ts'

type LinkCardProps = { title: string; text: string; note: string }

const colours = { ground: '#100d0a', text: '#f6f0e4', muted: '#a99f8f', volt: '#d9f54a', ink: '#161a04' }
const barCount = 96
const bubble =
  'M10.5 1.5h11A9.5 9.5 0 0 1 31 11v8.5a9.5 9.5 0 0 1-9.5 9.5H3.2C2 29 1 28 1 26.8V11a9.5 9.5 0 0 1 9.5-9.5Z'
const letters = 'M7.2 9.4v11.8M11.6 13.4v8.2M16 10.6v9.2M20.4 13.4v8.2M24.8 9.4v11.8'

/** What other apps show of a link. Drawn by Satori, which knows flexbox and styles as attributes, and no classes. */
export function LinkCard({ title, text, note }: LinkCardProps) {
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        width: '100%',
        height: '100%',
        padding: 64,
        background: colours.ground,
        color: colours.text,
      }}
    >
      <div style={{ display: 'flex', alignItems: 'center', gap: 20, fontSize: 36 }}>
        <svg width="64" height="64" viewBox="0 0 32 32" aria-hidden="true">
          <path fill={colours.volt} d={bubble} />
          <path stroke={colours.ink} strokeWidth="2.9" strokeLinecap="round" d={letters} />
        </svg>
        <span style={{ fontFamily: 'Display' }}>WhatsSound</span>
      </div>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 22 }}>
        <div style={{ fontFamily: 'Display', fontSize: 92, lineHeight: 0.98, lineClamp: 2 }}>{title}</div>
        <div style={{ fontSize: 36, color: colours.muted, lineClamp: 2 }}>{text}</div>
      </div>
      <div style={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 40 }}>
        <div style={{ display: 'flex', alignItems: 'center', height: 84, width: 760 }}>
          {barsOf(title, barCount).map(({ x, height }) => (
            <div
              key={x}
              style={{
                width: barStep / 2,
                height: height * 84,
                marginRight: barStep * 0.29,
                borderRadius: 3,
                background: colours.volt,
              }}
            />
          ))}
        </div>
        <div style={{ fontSize: 30, color: colours.volt }}>{note}</div>
      </div>
    </div>
  )
}
