import type { RefusalCode, VerifiedTrack } from '#lib/protocol/tracks.ts'
import type { MediaStorage } from './media-storage.ts'
import { publishFiles } from './publish-files.ts'
import type { Inspector } from './verify/inspector.ts'
import { verifyTrack } from './verify/verify-track.ts'

/** An upload that waits for its verdict. */
export type UploadedTrack = { folder: string; manifest: unknown }

export type PublishDeps = {
  storage: MediaStorage
  inspector: Inspector
  maxDurationInMs: number
  /** Null when the track is gone or settled already. */
  findUploadedTrack: (trackId: string) => Promise<UploadedTrack | null>
  publish: (trackId: string, verified: VerifiedTrack) => Promise<void>
  refuse: (trackId: string, code: RefusalCode, detail: string) => Promise<void>
  signal?: AbortSignal
}

export type PublishOutcome = 'published' | 'gone' | RefusalCode

/**
 * Settles one upload: publishes what was verified, refuses what was not. Throws when Storage or the database did not
 * answer; then it may simply be called again.
 */
export async function publishTrack(deps: PublishDeps, trackId: string): Promise<PublishOutcome> {
  const { storage, inspector, maxDurationInMs, signal } = deps
  const track = await deps.findUploadedTrack(trackId)
  if (!track) return 'gone'
  const { folder, manifest } = track
  const verdict = await verifyTrack(
    {
      inspector,
      download: (path, maxBytes) => storage.download(`${folder}/${path}`, maxBytes),
      ...(signal && { signal }),
    },
    { manifest, maxDurationInMs },
  )
  if (!verdict.ok) {
    await deps.refuse(trackId, verdict.code, verdict.detail)
    return verdict.code
  }
  await deps.publish(trackId, await publishFiles(storage, { folder, media: verdict.media }))
  return 'published'
}
