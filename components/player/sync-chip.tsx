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
  const playbackStatus = useRoom((view) => view.playback.status)
  const kind = useAudio((audio) => describeSync(audio, playbackStatus))
  const offsetInMs = useAudio((audio) =>
    audio.offsetInMs === null ? null : Math.round(Math.abs(audio.offsetInMs)),
  )
  const uncertaintyInMs = useAudio((audio) =>
    audio.uncertaintyInMs === null ? null : Math.max(1, Math.round(audio.uncertaintyInMs)),
  )
  const isInSync = kind === 'inSync'
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
          isInSync ? 'bg-volt' : kind === 'failed' ? 'bg-warn' : 'animate-pulse-air bg-muted',
        )}
      />
      <span className={isInSync ? 'text-text' : 'text-muted'}>{t(kind)}</span>
      {isInSync && offsetInMs !== null ? (
        <span className="figures min-w-[5ch] text-right text-volt">
          {t('offset', { offset: offsetInMs })}
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
