'use client'
import { CircleAlert, CloudCog, RotateCcw, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { usePublicConfig } from '#components/app/public-config.ts'
import { useMyLimits } from '#components/plus/use-my-limits.ts'
import { IconButton } from '#components/ui/icon-button.tsx'
import { isSettled, mayBeEncodedElsewhere, type UploadView } from '#lib/client/encoding/upload/upload-view.ts'
import { overallShare } from './describe-upload.ts'
import { isErrorCode } from './is-error-code.ts'
import { useUploader } from './uploader-context.ts'

const phaseKeys = {
  waiting: 'phaseWaiting',
  reading: 'phaseReading',
  encoding: 'phaseEncoding',
  encoding_elsewhere: 'phaseEncodingElsewhere',
  uploading: 'phaseUploading',
  checking: 'phaseVerifying',
  paused: 'phasePaused',
  improving: 'phaseImproving',
  published: 'phasePublished',
  refused: 'phaseFailed',
  failed: 'phaseFailed',
} as const

/** One file on its way: which phase, how far, and what to do when it stopped. */
export function UploadRow({ upload }: { upload: UploadView }) {
  const t = useTranslations()
  const { encodesOriginals } = usePublicConfig()
  const { trackMaxInMinutes, originalMaxBytes } = useMyLimits()
  const { uploader } = useUploader()
  const { id, name, title } = upload
  const phase = t(`library.${phaseKeys[upload.phase]}`)
  const percent = Math.round(overallShare(upload) * 100)
  const reason =
    upload.phase === 'refused' || upload.phase === 'failed'
      ? isErrorCode(upload.code)
        ? t(`errors.${upload.code}`)
        : t(`refusals.${upload.code}`, { minutes: trackMaxInMinutes })
      : null
  const problem = reason && upload.isPlayable ? t('library.restFailed', { problem: reason }) : reason

  return (
    <div className="bubble relative overflow-hidden bg-raised py-2.5 pr-1.5 pl-4">
      {problem ? null : (
        <div
          role="progressbar"
          aria-label={t('library.progress', { name, phase, percent })}
          aria-valuenow={percent}
          className="absolute inset-x-0 bottom-0 h-1 bg-control"
        >
          <div
            className="h-full origin-left bg-volt transition-transform duration-300"
            style={{ transform: `scaleX(${percent / 100})` }}
          />
        </div>
      )}
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">
            <bdi>{title ?? name}</bdi>
          </p>
          {problem ? (
            <p role="alert" className="flex items-start gap-1.5 text-sm text-warn">
              <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
              {problem}
            </p>
          ) : (
            <p className="flex gap-2 text-muted text-sm">
              {phase}
              {percent > 0 ? <span className="figures">{percent}%</span> : null}
            </p>
          )}
        </div>
        {encodesOriginals && mayBeEncodedElsewhere(upload, originalMaxBytes) ? (
          <IconButton
            label={t('library.encodeElsewhere', { name })}
            onClick={() => uploader?.encodeElsewhere(id)}
          >
            <CloudCog className="size-4" aria-hidden="true" />
          </IconButton>
        ) : null}
        {upload.phase === 'failed' ? (
          <IconButton label={t('library.retry', { name })} onClick={() => uploader?.retry(id)}>
            <RotateCcw className="size-4" aria-hidden="true" />
          </IconButton>
        ) : null}
        <IconButton
          label={isSettled(upload) ? t('library.dismiss', { name }) : t('library.cancel', { name })}
          onClick={() => (isSettled(upload) ? uploader?.dismiss(id) : uploader?.cancel(id))}
        >
          <X className="size-4" aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  )
}
