import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { uploadLimits } from '#lib/domain/limits/upload-limits.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { toCodedError } from '../../db/call-function.ts'
import type { Db } from '../../db/clients.ts'
import { isAbsence, trackFolder } from '../media-storage.ts'
import { isDuplicate, isRefusal, withoutOrigin } from '../upload-addresses.ts'
import type { WaitingOriginal } from './encode-original.ts'

/**
 * The buckets in which originals wait: nobody reads them but the worker. The second is for those that only Plus allows, since
 * how large a file really is, only its bucket knows (`private.originals_bucket`).
 */
const originalsBuckets = ['originals', 'large-originals'] as const

type StoredOriginal = Pick<WaitingOriginal, 'folder' | 'bucket' | 'maxBytes'>

/** Originals as the worker needs them. An original lies under the name of its track's folder. */
export type OriginalsStorage = {
  /** Copies an original into a local file; whether it was there. */
  copyTo: (original: StoredOriginal, file: string, signal: AbortSignal) => Promise<boolean>
  remove: (folder: string) => Promise<void>
}

export function createOriginalsStorage(db: Db): OriginalsStorage {
  return {
    async copyTo({ folder, bucket, maxBytes }, file, signal) {
      const { data, error } = await db.storage.from(bucket).download(folder).asStream()
      if (error) {
        if (isAbsence(error)) return false
        throw error
      }
      await pipeline(Readable.fromWeb(data as never), atMost(maxBytes), createWriteStream(file), { signal })
      return true
    },
    async remove(folder) {
      for (const bucket of originalsBuckets) {
        const { error } = await db.storage.from(bucket).remove([folder])
        if (error) throw error
      }
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
  const bucket = await bucketFor(db, trackId)
  const { data, error } = await db.storage.from(bucket).createSignedUploadUrl(trackFolder(userId, trackId))
  if (data) return { url: withoutOrigin(data.signedUrl) }
  if (isDuplicate(error)) return { url: null }
  throw new CodedError(isRefusal(error) ? 'not_allowed' : 'unavailable', { cause: error })
}

/** By the size that its owner announced, as SQL has it; the policies take it in that bucket alone. */
async function bucketFor(db: Db, trackId: string): Promise<(typeof originalsBuckets)[number]> {
  const { data, error } = await db.from('tracks').select('source').eq('id', trackId).maybeSingle()
  if (error) throw toCodedError(error)
  const bytes = z.object({ bytes: z.number() }).safeParse(data?.source).data?.bytes ?? 0
  return bytes <= uploadLimits.originalMaxBytes ? 'originals' : 'large-originals'
}
