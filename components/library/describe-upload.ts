import { isSettled, type UploadPhase, type UploadView } from '#lib/client/encoding/upload/upload-view.ts'

const shares: Partial<Record<UploadPhase['phase'], { from: number; to: number }>> = {
  reading: { from: 0, to: 0.05 },
  encoding: { from: 0.05, to: 0.6 },
  uploading: { from: 0.6, to: 0.95 },
  encoding_elsewhere: { from: 0.6, to: 0.95 },
  checking: { from: 0.95, to: 0.98 },
}

/** How far an upload is on its way to a track that can be played, from 0 to 1: each phase has its part of the way. */
export function overallShare(upload: UploadPhase): number {
  if (isSettled(upload) || upload.phase === 'improving') return 1
  const part = shares[upload.phase]
  if (!part) return 0
  const share = 'share' in upload ? upload.share : 0
  return part.from + (part.to - part.from) * share
}

/** How far all uploads together are, as the library says it above them. */
export function describeAll(uploads: readonly UploadView[]): {
  total: number
  playable: number
  share: number
  /** Whether anything still goes on. */
  isBusy: boolean
} {
  const shares = uploads.map(overallShare)
  return {
    total: uploads.length,
    playable: uploads.filter(({ isPlayable }) => isPlayable).length,
    share: shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length,
    isBusy: uploads.some((upload) => !isSettled(upload)),
  }
}
