'use client'
import { useRouter } from 'next/navigation'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { createSession } from '#lib/client/session/create-session.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'

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
      const { request } = authClientOf(config)
      const { slug } = await createSession(request, { title, visibility, artwork: picture })
      router.push(`/s/${slug}`)
      return null
    } catch (error) {
      return errorCodeOf(error)
    }
  }
}
