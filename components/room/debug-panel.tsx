'use client'
import { useTranslations } from 'next-intl'
import { useRoomContext } from './room-context.ts'
import { useAudio, useRoom } from './use-room.ts'

const figure = (value: number | null | undefined, digits: number, unit: string) =>
  value === null || value === undefined ? null : `${value.toFixed(digits)} ${unit}`

/** What the engines know, as they know it: `?debug` in the address opens it. */
export function DebugPanel() {
  const t = useTranslations('debug')
  const { clock } = useRoomContext()
  const audio = useAudio((snapshot) => snapshot)
  const view = useRoom((whole) => whole)
  const estimate = clock.getSnapshot()
  const lines: [string, string | number | null][] = [
    [t('transport'), view.connection.way],
    [t('connection'), view.connection.status],
    [t('roundTrip'), figure(estimate && estimate.uncertaintyInMs * 2, 1, 'ms')],
    [t('clockOffset'), figure(estimate && estimate.offsetInMs - performance.timeOrigin, 1, 'ms')],
    [t('uncertainty'), figure(estimate?.uncertaintyInMs, 2, 'ms')],
    [t('phase'), audio.phase],
    [t('drift'), figure(audio.offsetInMs, 2, 'ms')],
    [t('position'), figure(audio.positionInMs, 0, 'ms')],
    [t('buffer'), figure(audio.bufferInMs / 1_000, 1, 's')],
    [t('bitrate'), figure(audio.bitrate && audio.bitrate / 1_000, 0, 'kbit/s')],
    [t('corrections'), audio.corrections],
    [t('error'), audio.errorCode],
    [t('rev'), view.playback.rev],
    [t('seq'), view.seq],
    [t('epoch'), view.epoch.slice(0, 8)],
    [t('members'), `${view.hereCount} / ${view.memberCount}`],
  ]
  return (
    <details
      open
      className="bubble fixed bottom-20 left-3 z-30 w-72 border border-edge bg-sunken/95 text-xs lg:bottom-4 lg:left-4"
    >
      <summary className="label px-3 py-2.5">{t('title')}</summary>
      <dl data-testid="debug" className="figures grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 px-3 pb-3">
        {lines.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="truncate text-right">{value ?? t('none')}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
