import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { RefusalCode, UploadFailureCode } from '#lib/protocol/tracks.ts'

/** Where an upload is. `share` goes from 0 to 1. */
export type UploadPhase =
  /** In line, until an encoder is free. */
  | { phase: 'waiting' }
  /** Stopped by the person, with all others. */
  | { phase: 'paused' }
  /** The file is copied into the browser's store, so that it survives a reload. */
  | { phase: 'reading' }
  | { phase: 'encoding'; share: number }
  | { phase: 'uploading'; share: number }
  /** The file itself is up; the server encodes it. */
  | { phase: 'encoding_elsewhere' }
  /** Everything is up; the server looks at it. */
  | { phase: 'checking' }
  /** The track can be played; its other renditions are being made. */
  | { phase: 'improving'; share: number }
  | { phase: 'published' }
  /** For good: this file will not become a track, or (`isPlayable`) not a better one than it is. */
  | { phase: 'refused'; code: RefusalCode }
  /** For now: `retry` goes on where it stopped. */
  | { phase: 'failed'; code: UploadFailureCode | ErrorCode }

/** An upload as the library shows it. The id is the track's. */
export type UploadView = UploadPhase & {
  id: string
  name: string
  bytes: number
  title: string | null
  /** Whether it is a track by now, if only in its first rendition. */
  isPlayable: boolean
}

export type UploaderSnapshot = {
  uploads: readonly UploadView[]
  isPaused: boolean
  /** Whether this page can keep and encode files at all; without HTTPS it cannot. */
  isAvailable: boolean
}

/** Whether the server could make a track of a file that this browser could not; it takes files of so many bytes. */
export function mayBeEncodedElsewhere(
  upload: UploadPhase & Pick<UploadView, 'bytes' | 'isPlayable'>,
  originalMaxBytes: number,
): boolean {
  if (upload.isPlayable || upload.bytes > originalMaxBytes) return false
  if (upload.phase === 'failed') return upload.code === 'encoder_failed'
  return upload.phase === 'refused' && upload.code === 'unsupported_codec'
}

export function isSettled({ phase }: UploadPhase): boolean {
  return phase === 'published' || phase === 'refused' || phase === 'failed'
}
