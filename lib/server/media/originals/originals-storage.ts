import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { uploadLimits } from '#lib/domain/limits/upload-limits.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import type { Db } from '../../db/clients.ts'
import { isAbsence, trackFolder } from '../media-storage.ts'
import { isDuplicate, isRefusal, withoutOrigin } from '../upload-addresses.ts'

/** The bucket in which originals wait: nobody reads it but the worker. */
const originalsBucket = 'originals'

/** Originals as the worker needs them. An original lies under the name of its track's folder. */
export type OriginalsStorage = {
  /** Copies an original into a local file; whether it was there. */
  copyTo: (folder: string, file: string, signal: AbortSignal) => Promise<boolean>
  remove: (folder: string) => Promise<void>
}

export function createOriginalsStorage(db: Db): OriginalsStorage {
  const bucket = db.storage.from(originalsBucket)
  return {
    async copyTo(folder, file, signal) {
      const { data, error } = await bucket.download(folder).asStream()
      if (error) {
        if (isAbsence(error)) return false
        throw error
      }
      await pipeline(
        Readable.fromWeb(data as never),
        atMost(uploadLimits.originalMaxBytes),
        createWriteStream(file),
        {
          signal,
        },
      )
      return true
    },
    async remove(folder) {
      const { error } = await bucket.remove([folder])
      if (error) throw error
    },
  }
}

function atMost(maxBytes: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > maxBytes) done(new Error(`more than ${maxBytes} bytes`))
      else done(null, chunk)
    },
  })
}

/**
 * An address for the original of one's own track, good for one upload; null where it lies there already. Signed as the
 * person, so that the policies of Storage decide.
 * @throws CodedError
 */
export async function createOriginalAddress(
  db: Db,
  { userId, trackId }: { userId: string; trackId: string },
): Promise<{ url: string | null }> {
  const bucket = db.storage.from(originalsBucket)
  const { data, error } = await bucket.createSignedUploadUrl(trackFolder(userId, trackId))
  if (data) return { url: withoutOrigin(data.signedUrl) }
  if (isDuplicate(error)) return { url: null }
  throw new CodedError(isRefusal(error) ? 'not_allowed' : 'unavailable', { cause: error })
}
