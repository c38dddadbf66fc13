'use client'
import { useTranslations } from 'next-intl'
import { useAudio, useRoom } from '#components/room/use-room.ts'
import { classNames } from '#components/ui/class-names.ts'
import { Popover } from '#components/ui/popover.tsx'
import type { OpenerProps } from '#components/ui/use-opener.ts'
import { describeSync } from './describe-sync.ts'

/** How close this device is to the room, as measured: a small honest readout. */
export function SyncChip() {
  const t = useTranslations('sync')
  // Beside music, a voice is a guest; without, it is what there is to hear.
  const isLiveAlone = useAudio(({ phase, livePhase }) => phase === 'silent' && livePhase !== 'silent')
  const phase = useAudio((audio) => (isLiveAlone ? audio.livePhase : audio.phase))
  const isListening = useAudio((audio) => audio.isListening)
  const offsetInMs = useAudio((audio) =>
    audio.offsetInMs === null ? null : Math.round(Math.abs(audio.offsetInMs)),
  )
  const uncertaintyInMs = useAudio((audio) =>
    audio.uncertaintyInMs === null ? null : Math.max(1, Math.round(audio.uncertaintyInMs)),
  )
  const playbackStatus = useRoom((view) => view.playback.status)
  const status = isLiveAlone ? 'playing' : playbackStatus
  const reading = describeSync({ phase, isListening, offsetInMs }, status)
  const isInSync = reading.kind === 'inSync'
  const button = (opener: OpenerProps) => (
    <button
      type="button"
      {...opener}
      data-testid="sync"
      className="inline-flex min-h-11 shrink-0 items-center gap-2 rounded-full px-3 text-sm hover:bg-control aria-expanded:bg-control"
    >
      <span
        aria-hidden="true"
        className={classNames(
          'size-2 rounded-full',
          isInSync ? 'bg-volt' : reading.kind === 'failed' ? 'bg-warn' : 'animate-pulse-air bg-muted',
        )}
      />
      <span className={isInSync ? 'text-text' : 'text-muted'}>{t(reading.kind)}</span>
      {isInSync && reading.offsetInMs !== null ? (
        <span className="figures min-w-[5ch] text-right text-volt">
          {t('offset', { offset: reading.offsetInMs })}
        </span>
      ) : null}
    </button>
  )
  return (
    <Popover button={button} title={t('explainTitle')}>
      <p>{t('explain')}</p>
      {uncertaintyInMs === null ? null : (
        <p className="mt-2">{t('uncertainty', { uncertainty: uncertaintyInMs })}</p>
      )}
    </Popover>
  )
}
