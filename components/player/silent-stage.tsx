'use client'
import { useTranslations } from 'next-intl'
import { LightBars } from '#components/brand/light-bars.tsx'
import { useMayAsk } from '#components/queue/use-may-ask.ts'
import { useIsAllowed, useRoom } from '#components/room/use-room.ts'
import { useHeardLive } from './use-heard-live.ts'

/** The stage while no song is on: says who can change that, and how; or that what is heard is live. */
export function SilentStage() {
  const t = useTranslations('player')
  const isPlayer = useIsAllowed('play')
  const isReady = useRoom((view) => view.queue.length > 0)
  const isLive = useHeardLive() !== null
  const mayAsk = useMayAsk()
  const idleOfPlayer = isReady ? 'idleReady' : 'idleDj'
  const idleOfOthers = isReady ? 'idleWaiting' : mayAsk ? 'idleListener' : 'idleClosed'
  const text = t(isLive ? 'liveText' : isPlayer ? idleOfPlayer : idleOfOthers)
  return (
    <div className="flex flex-col gap-4 sm:gap-6">
      <h2 className="display text-4xl sm:text-6xl xl:text-7xl">{t(isLive ? 'liveTitle' : 'idleTitle')}</h2>
      <p className="max-w-prose text-base text-muted sm:text-lg">{text}</p>
      <LightBars
        seed="silence"
        count={72}
        tone={isLive ? 'lit' : 'unlit'}
        className="h-16 w-full sm:h-28 lg:h-40"
      />
    </div>
  )
}
