'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { describeSync } from '#components/player/describe-sync.ts'
import { useRoomContext } from '#components/room/room-context.ts'
import { useAudio, useRoom } from '#components/room/use-room.ts'
import type { AudioSnapshot } from '#lib/client/audio/audio-engine.ts'
import { SyncGraph } from './sync-graph.tsx'

/** Figures that change more often than this cannot be read. */
const readEveryInMs = 500

/** How close this device is to the room, as its player measures it: a picture, and every figure in words. */
export function SyncReadout() {
  const t = useTranslations()
  const figures = useFiguresNow()
  const playbackStatus = useRoom((view) => view.playback.status)
  const kind = useAudio((audio) => describeSync(audio, playbackStatus))
  const { offsetInMs, uncertaintyInMs, driftInPpm, bufferInMs, bitrate, stalls, corrections } = figures
  const none = t('sound.none')
  const rows: [string, string][] = [
    [
      t('sound.offset'),
      kind === 'inSync' && offsetInMs !== null
        ? t('sound.milliseconds', { value: round(offsetInMs, 1) })
        : none,
    ],
    [
      t('sound.uncertainty'),
      uncertaintyInMs === null ? none : t('sound.plusMinus', { value: round(uncertaintyInMs, 1) }),
    ],
    [t('sound.drift'), driftInPpm === null ? none : t('sound.ppm', { value: round(driftInPpm, 0) })],
    [t('sound.buffer'), t('sound.seconds', { value: round(bufferInMs / 1_000, 0) })],
    [
      t('sound.bitrate'),
      bitrate === null ? none : t('sound.kilobits', { kilobits: round(bitrate / 1_000, 0) }),
    ],
    [t('sound.stalls'), String(stalls)],
    [t('sound.corrections'), String(corrections)],
  ]
  return (
    <>
      <SyncGraph />
      <p className="text-muted text-sm">{t(`sync.${kind}`)}</p>
      <dl data-testid="sound-figures" className="grid grid-cols-2 gap-x-6 gap-y-1 text-sm">
        {rows.map(([name, value]) => (
          <div key={name} className="flex items-baseline justify-between gap-3">
            <dt className="text-muted">{name}</dt>
            <dd className="figures text-right">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-muted text-xs">{t('sound.honest')}</p>
    </>
  )
}

function useFiguresNow(): AudioSnapshot {
  const { audio } = useRoomContext()
  const [figures, setFigures] = useState(() => audio.getSnapshot())
  useEffect(() => {
    const timer = setInterval(() => setFigures(audio.getSnapshot()), readEveryInMs)
    return () => clearInterval(timer)
  }, [audio])
  return figures
}

function round(value: number, digits: number): number {
  // Adding 0 turns −0 into 0.
  return Number(value.toFixed(digits)) + 0
}
