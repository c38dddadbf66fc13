'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useHoldReload } from '#components/app-update/use-hold-reload.ts'
import { useUploader } from '#components/library/uploader-context.ts'
import { useMyLimits } from '#components/plus/use-my-limits.ts'
import { notify } from '#components/ui/toasts.ts'
import { browserRecordings } from '#lib/client/live/browser-recordings.ts'
import type { Recording } from '#lib/client/live/recordings.ts'
import { RecordingRow } from './recording-row.tsx'
import { recordingState, uploadOf } from './recording-state.ts'

/** A DJ's live sets that were recorded in this browser: each can become a track of their library. In the browser alone. */
export function Recordings({ userId }: { userId: string }) {
  const t = useTranslations('live')
  const { trackMaxInMinutes } = useMyLimits()
  const { uploader, snapshot } = useUploader()
  const own = browserRecordings(userId)
  const { recordings, isInMemory } = useSyncExternalStore(own.subscribe, own.getSnapshot)
  const sectionRef = useRef<HTMLElement>(null)
  useHoldReload(isInMemory)
  const rows = recordings.map((recording) => ({
    recording,
    state: recordingState(recording, snapshot.uploads, trackMaxInMinutes * 60_000),
  }))
  useEffect(() => {
    for (const { recording, state } of rows) if (state === 'kept') own.forget(recording.id)
  })

  const keep = (recording: Recording) => {
    const upload = uploadOf(recording, snapshot.uploads)
    if (upload?.phase === 'failed') uploader?.retry(upload.id)
    else uploader?.add([recording.file])
    notify(t('kept'))
  }
  const discard = (recording: Recording) => {
    own.forget(recording.id)
    notify(t('discarded'))
    // The button that was pressed is gone.
    sectionRef.current?.focus()
  }
  if (rows.length === 0) return null
  return (
    <section
      ref={sectionRef}
      tabIndex={-1}
      aria-label={t('recordings')}
      className="flex flex-col gap-2 border-line border-t pt-3"
    >
      <p className="text-sm">{t('recordingsText')}</p>
      {isInMemory ? <p className="text-sm text-warn">{t('recordingsInMemory')}</p> : null}
      <ul className="flex flex-col gap-2">
        {rows.map(({ recording, state }) => (
          <li key={recording.id}>
            <RecordingRow
              recording={recording}
              state={state}
              onKeep={uploader ? () => keep(recording) : null}
              onDiscard={() => discard(recording)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
