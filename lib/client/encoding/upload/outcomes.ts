import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'
import type { RefusalCode, UploadFailureCode } from '#lib/protocol/tracks.ts'
import { RetryableError } from './retry.ts'
import { SourceLostError } from './upload-media.ts'
import type { UploadPhase } from './upload-view.ts'

/** The encoder would not, or could not. */
export class EncodeRefusedError extends Error {
  override readonly name = 'EncodeRefusedError'
  readonly code: RefusalCode | UploadFailureCode

  constructor(code: RefusalCode | UploadFailureCode) {
    super(code)
    this.code = code
  }
}

/** How an upload ends after an error: for good, or until it is tried again. */
export function phaseOf(error: unknown): UploadPhase {
  if (!(error instanceof EncodeRefusedError)) return { phase: 'failed', code: failureOf(error) }
  const { code } = error
  switch (code) {
    case 'needs_https':
    case 'storage_full':
    case 'source_lost':
    case 'encoder_failed':
    case 'upload_failed':
      return { phase: 'failed', code }
    default:
      return { phase: 'refused', code }
  }
}

function failureOf(error: unknown): UploadFailureCode | ErrorCode {
  if (error instanceof CodedError) return error.code
  if (error instanceof RetryableError) return 'upload_failed'
  if (error instanceof SourceLostError) return 'source_lost'
  const name = error instanceof Error ? error.name : ''
  if (name === 'QuotaExceededError') return 'storage_full'
  if (name === 'NotFoundError' || name === 'NotReadableError') return 'source_lost'
  return 'encoder_failed'
}
