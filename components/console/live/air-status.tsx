'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { OnAirDot } from '#components/brand/on-air-dot.tsx'
import { formatDuration } from '#components/player/format-duration.ts'
import { useRoomContext } from '#components/room/room-context.ts'
import { useDesk } from './live-desk-context.ts'

/** Where the DJ stands: ready, on air and for how long, or on air without a network. Changes are read aloud. */
export function AirStatus() {
  const t = useTranslations('live')
  const phase = useDesk((state) => state.phase)
  const mode = useDesk((state) => state.mode)
  const isInTrouble = useDesk((state) => state.troubleSinceInMs !== null)
  const text =
    phase === 'on_air' ? t(isInTrouble ? 'trouble' : mode === 'set' ? 'onAirSet' : 'onAirTalk') : t(phase)
  return (
    <p className="flex items-center gap-2 text-sm" data-testid="air">
      {phase === 'on_air' ? <OnAirDot /> : null}
      <span
        role="status"
        className={isInTrouble ? 'text-warn' : phase === 'on_air' ? 'text-text' : 'text-muted'}
      >
        {text}
      </span>
      {phase === 'on_air' ? <AirTime /> : null}
    </p>
  )
}

/** Counts the seconds on air; without a network, those that wait for it. */
function AirTime() {
  const t = useTranslations('live')
  const { clock } = useRoomContext()
  const startsAtInMs = useDesk((state) => state.startsAtInMs)
  const troubleSinceInMs = useDesk((state) => state.troubleSinceInMs)
  const [, setTicks] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTicks((ticks) => ticks + 1), 500)
    return () => clearInterval(timer)
  }, [])
  if (troubleSinceInMs !== null) {
    const seconds = Math.max(1, Math.round((performance.now() - troubleSinceInMs) / 1_000))
    return <span className="figures text-warn">{t('waiting', { seconds })}</span>
  }
  const onAirForInMs = startsAtInMs === null ? 0 : (clock.serverNowInMs() ?? startsAtInMs) - startsAtInMs
  return <span className="figures text-volt">{formatDuration(Math.max(0, onAirForInMs))}</span>
}
