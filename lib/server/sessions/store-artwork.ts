import { CodedError } from '#lib/protocol/errors.ts'
import type { Db } from '../db/clients.ts'
import { encodeArtwork } from './encode-artwork.ts'

const bucket = 'media'
const oneYearInSeconds = '31536000'

/**
 * Keeps a picture for a session of this person's and answers its path, which nobody can guess. `storage` is the
 * service client: people themselves write no pictures.
 * @throws CodedError
 */
export async function storeArtwork(
  storage: Db,
  userId: string,
  bytes: Uint8Array,
): Promise<{ artworkPath: string }> {
  const artwork = await encodeArtwork(bytes)
  const artworkPath = `sessions/${userId}/${crypto.randomUUID()}.webp`
  const { error } = await storage.storage
    .from(bucket)
    .upload(artworkPath, artwork, { contentType: 'image/webp', cacheControl: oneYearInSeconds })
  if (error) throw new CodedError('unavailable', { cause: error })
  return { artworkPath }
}
