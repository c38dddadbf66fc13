import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { RefusalCode, UploadFailureCode } from '#lib/protocol/tracks.ts'

/** Where an upload is. `share` goes from 0 to 1. */
export type UploadPhase =
  /** In line: tracks are encoded one after the other. */
  | { phase: 'waiting' }
  /** The file is copied into the browser's store, so that it survives a reload. */
  | { phase: 'reading' }
  | { phase: 'encoding'; share: number }
  | { phase: 'uploading'; share: number }
  /** Everything is up; the server looks at it. */
  | { phase: 'checking' }
  | { phase: 'published' }
  /** For good: this file will not become a track. */
  | { phase: 'refused'; code: RefusalCode }
  /** For now: `retry` goes on where it stopped. */
  | { phase: 'failed'; code: UploadFailureCode | ErrorCode }

/** An upload as the library shows it. The id is the track's. */
export type UploadView = UploadPhase & { id: string; name: string; bytes: number; title: string | null }

export type UploaderSnapshot = {
  uploads: readonly UploadView[]
  /** Whether this page can keep and encode files at all; without HTTPS it cannot. */
  isAvailable: boolean
}

export function isSettled({ phase }: UploadPhase): boolean {
  return phase === 'published' || phase === 'refused' || phase === 'failed'
}
