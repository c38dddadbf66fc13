'use client'
import { useTranslations } from 'next-intl'
import { formatDuration } from '#components/player/format-duration.ts'
import { useMyLimits } from '#components/plus/use-my-limits.ts'
import { Button } from '#components/ui/button.tsx'
import type { Recording } from '#lib/client/live/recordings.ts'
import type { RecordingState } from './recording-state.ts'

type RecordingRowProps = {
  recording: Recording
  state: RecordingState
  /** Null while nothing can be kept. */
  onKeep: (() => void) | null
  onDiscard: () => void
}

/** One set: its name and length, and what can be done with it. */
export function RecordingRow({ recording, state, onKeep, onDiscard }: RecordingRowProps) {
  const t = useTranslations('live')
  const { trackMaxInMinutes } = useMyLimits()
  const { file, durationInMs } = recording
  const name = file.name.replace(/\.m4a$/, '')
  const isOnItsWay = state === 'on_its_way' || state === 'kept'
  // Whoever hears the buttons alone hears which set they are for.
  const named = (text: string) => ({ 'aria-label': `${text}: ${name}`, children: text })
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="min-w-48 flex-1 text-sm">
        <p>
          <bdi>{name}</bdi> <span className="figures text-muted">{formatDuration(durationInMs)}</span>
        </p>
        {state === 'too_long' ? (
          <p className="text-warn">{t('tooLongToKeep', { minutes: trackMaxInMinutes })}</p>
        ) : null}
        {isOnItsWay ? <p className="text-muted">{t('onItsWay')}</p> : null}
      </div>
      {state === 'too_long' ? null : (
        <Button
          {...named(t('keep'))}
          disabled={isOnItsWay || onKeep === null}
          onClick={onKeep ?? undefined}
        />
      )}
      <Button {...named(t('download'))} look="outline" onClick={() => download(file)} />
      <Button {...named(t('discard'))} look="quiet" disabled={isOnItsWay} onClick={onDiscard} />
    </div>
  )
}

function download(file: File): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
