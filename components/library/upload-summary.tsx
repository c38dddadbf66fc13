'use client'
import { Pause, Play } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { describeAll } from './describe-upload.ts'
import { useUploader } from './uploader-context.ts'

/** How far all files together are, and the way to stop them for a while. */
export function UploadSummary() {
  const t = useTranslations('library')
  const { uploader, snapshot } = useUploader()
  const { total, playable, share, isBusy } = describeAll(snapshot.uploads)
  if (!isBusy) return null
  const { isPaused } = snapshot
  const percent = Math.round(share * 100)
  return (
    <div className="flex items-center gap-3">
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <p className="flex justify-between gap-3 text-sm">
          <span>{t('summary', { playable, total })}</span>
          {isPaused ? null : <span className="figures text-muted">{percent}%</span>}
        </p>
        {isPaused ? null : (
          <div
            role="progressbar"
            aria-label={t('summaryProgress', { percent })}
            aria-valuenow={percent}
            className="h-1.5 overflow-hidden rounded-full bg-control"
          >
            <div
              className="h-full origin-left bg-volt transition-transform duration-300"
              style={{ transform: `scaleX(${percent / 100})` }}
            />
          </div>
        )}
      </div>
      <Button look="quiet" onClick={() => (isPaused ? uploader?.resume() : uploader?.pause())}>
        {isPaused ? (
          <Play className="size-4" aria-hidden="true" />
        ) : (
          <Pause className="size-4" aria-hidden="true" />
        )}
        {isPaused ? t('resume') : t('pause')}
      </Button>
    </div>
  )
}
