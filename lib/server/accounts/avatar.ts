import { CodedError } from '#lib/protocol/errors.ts'
import { type Profile, profileSchema } from '#lib/protocol/profile.ts'
import { callFunction } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'
import { encodeAvatar } from '../sessions/encode-artwork.ts'

const bucket = 'media'
const oneYearInSeconds = '31536000'

/**
 * Gives a person a picture, or with null takes it away; earlier ones are deleted. `service` writes the file: people
 * themselves write no pictures.
 * @throws CodedError
 */
export async function changeAvatar(
  { db, service, userId }: { db: Db; service: Db; userId: string },
  bytes: Uint8Array | null,
): Promise<Profile> {
  const files = service.storage.from(bucket)
  const folder = `avatars/${userId}`
  const name = `${crypto.randomUUID()}.webp`
  if (bytes) {
    const { error } = await files.upload(`${folder}/${name}`, await encodeAvatar(bytes), {
      contentType: 'image/webp',
      cacheControl: oneYearInSeconds,
    })
    if (error) throw new CodedError('unavailable', { cause: error })
  }
  const p_avatar_path = bytes ? `${folder}/${name}` : ''
  const profile = await callFunction(db, 'update_profile', { p_avatar_path }, profileSchema)
  const { data: kept, error } = await files.list(folder)
  if (error) throw new CodedError('unavailable', { cause: error })
  const earlier = kept.flatMap((file) => (bytes && file.name === name ? [] : [`${folder}/${file.name}`]))
  if (earlier.length > 0) await files.remove(earlier)
  return profile
}
