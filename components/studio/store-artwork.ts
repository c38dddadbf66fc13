import { z } from 'zod'
import { CodedError, errorBodySchema } from '#lib/protocol/errors.ts'

const storedArtworkSchema = z.object({ artworkPath: z.string() })

/** Sends a picture to become a session's artwork; gives its path. @throws CodedError */
export async function storeArtwork(picture: Blob): Promise<string> {
  const response = await fetch('/api/artwork', { method: 'POST', body: picture }).catch((cause: unknown) => {
    throw new CodedError('unavailable', { cause })
  })
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return storedArtworkSchema.parse(body).artworkPath
  const refusal = errorBodySchema.safeParse(body)
  throw new CodedError(refusal.success ? refusal.data.error.code : 'internal')
}
