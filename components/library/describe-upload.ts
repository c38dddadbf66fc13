import { isSettled, type UploadPhase } from '#lib/client/encoding/upload/upload-view.ts'

const shares: Partial<Record<UploadPhase['phase'], { from: number; to: number }>> = {
  reading: { from: 0, to: 0.05 },
  encoding: { from: 0.05, to: 0.6 },
  uploading: { from: 0.6, to: 0.95 },
  checking: { from: 0.95, to: 0.98 },
}

/** How far an upload is on the whole, from 0 to 1: each phase has its part of the way. */
export function overallShare(upload: UploadPhase): number {
  if (isSettled(upload)) return 1
  const part = shares[upload.phase]
  if (!part) return 0
  const share = 'share' in upload ? upload.share : 0
  return part.from + (part.to - part.from) * share
}
