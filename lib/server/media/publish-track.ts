import { isWhole, type RefusalCode, type VerifiedTrack } from '#lib/protocol/tracks.ts'
import type { MediaStorage } from './media-storage.ts'
import { publishFiles } from './publish-files.ts'
import type { Inspector } from './verify/inspector.ts'
import type { Refusal } from './verify/judge-track.ts'
import { type VerifiedMedia, verifyTrack } from './verify/verify-track.ts'

/** An upload that waits for its verdict. */
export type UploadedTrack = {
  folder: string
  manifest: unknown
  /** Where its first rendition is published already and the others are looked at now: how long that is. */
  publishedDurationInMs: number | null
  /** How long its owner's tracks may be. */
  maxDurationInMs: number
}

export type PublishDeps = {
  storage: MediaStorage
  inspector: Inspector
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
  const { storage, inspector, signal } = deps
  const track = await deps.findUploadedTrack(trackId)
  if (!track) return 'gone'
  const { folder, manifest, publishedDurationInMs, maxDurationInMs } = track
  const verdict = await verifyTrack(
    {
      inspector,
      download: (path, maxBytes) => storage.download(`${folder}/${path}`, maxBytes),
      ...(signal && { signal }),
    },
    { manifest, maxDurationInMs },
  )
  const settled = verdict.ok ? judgeRest(verdict.media, publishedDurationInMs) : verdict
  if ('code' in settled) {
    await deps.refuse(trackId, settled.code, settled.detail)
    return settled.code
  }
  await deps.publish(trackId, await publishFiles(storage, { folder, media: settled }))
  return 'published'
}

/** What follows a published rendition must be all of the same track: people may be listening to it. */
function judgeRest(media: VerifiedMedia, publishedDurationInMs: number | null): VerifiedMedia | Refusal {
  if (publishedDurationInMs === null) return media
  const { manifest } = media
  if (isWhole(manifest) && manifest.durationInMs === publishedDurationInMs) return media
  return {
    code: 'rendition_mismatch',
    detail: `${manifest.renditions.length} renditions of ${manifest.durationInMs} ms, published ${publishedDurationInMs} ms`,
  }
}
