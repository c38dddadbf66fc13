'use client'
import { useRouter } from 'next/navigation'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import { createdSessionSchema } from '#lib/protocol/session-requests.ts'
import { storeArtwork } from './store-artwork.ts'

export type StartSession = {
  title: string
  visibility: 'public' | 'unlisted' | 'private'
  picture: Blob | null
}

/** Opens a session and goes there; gives the code of what stood against it, or null. */
export function useStartSession(): (input: StartSession) => Promise<ErrorCode | null> {
  const config = usePublicConfig()
  const router = useRouter()
  return async ({ title, visibility, picture }) => {
    try {
      const artworkPath = picture ? await storeArtwork(picture) : null
      const { request } = authClientOf(config)
      const { slug } = await request('/api/sessions', createdSessionSchema, {
        title,
        visibility,
        artworkPath,
      })
      router.push(`/s/${slug}`)
      return null
    } catch (error) {
      return errorCodeOf(error)
    }
  }
}
