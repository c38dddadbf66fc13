import type { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import type { addressesSchema, storedSchema } from '#lib/protocol/tracks.ts'
import type { Db } from '../db/clients.ts'
import { type MediaStorage, mediaBucket, trackFolder } from './media-storage.ts'

type Addresses = z.infer<typeof addressesSchema>['addresses']
type TrackOfPerson = { userId: string; trackId: string }

/**
 * One signed address per path, good for one upload that overwrites nothing. Signed as the person, so that the policies
 * of Storage decide: only into one's own track, only while it is being uploaded.
 * @throws CodedError
 */
export async function createUploadAddresses(
  db: Db,
  { userId, trackId, paths }: TrackOfPerson & { paths: readonly string[] },
): Promise<{ addresses: Addresses }> {
  const folder = trackFolder(userId, trackId)
  const bucket = db.storage.from(mediaBucket)
  const addresses = paths.map(async (path): Promise<Addresses[number]> => {
    const { data, error } = await bucket.createSignedUploadUrl(`${folder}/${path}`)
    if (data) return { path, status: 'open', url: withoutOrigin(data.signedUrl) }
    if (isDuplicate(error)) return { path, status: 'stored' }
    throw new CodedError(isRefusal(error) ? 'not_allowed' : 'unavailable', { cause: error })
  })
  return { addresses: await Promise.all(addresses) }
}

/**
 * What lies in the person's own track's folder by now. No policy lets people list the bucket, so this is asked with the
 * secret key, for a folder whose name is not the person's to choose.
 * @throws CodedError
 */
export async function listStoredFiles(
  storage: Pick<MediaStorage, 'list'>,
  { userId, trackId }: TrackOfPerson,
): Promise<z.infer<typeof storedSchema>> {
  try {
    return { files: await storage.list(trackFolder(userId, trackId)) }
  } catch (cause) {
    throw new CodedError('unavailable', { cause })
  }
}

/** Browsers may know Supabase by another address than the server does: they put theirs in front. */
export function withoutOrigin(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname.slice(pathname.indexOf('/storage/v1/')) + search
}

type StorageFailure = { status?: number | undefined; statusCode?: string | undefined }

export function isDuplicate(error: StorageFailure): boolean {
  return error.statusCode === '409' || error.status === 409
}

export function isRefusal({ status, statusCode }: StorageFailure): boolean {
  return ['400', '401', '403', '404'].includes(statusCode ?? String(status))
}
