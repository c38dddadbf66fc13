import { CodedError } from '#lib/protocol/errors.ts'
import { findFfmpeg } from './find-ffmpeg.ts'

let found: string | null | undefined

/** Whether this installation encodes originals: looked for once, where the worker looks too. */
export function encodesOriginals(): boolean {
  found ??= findFfmpeg(process.env)
  return found !== null
}

/** @throws CodedError `not_configured` */
export function requireFfmpeg(): void {
  if (!encodesOriginals()) throw new CodedError('not_configured')
}
