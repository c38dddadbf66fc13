'use client'
import { useTranslations } from 'next-intl'
import { useSWRConfig } from 'swr'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { notify } from '#components/ui/toasts.ts'
import { CodedError, errorBodySchema } from '#lib/protocol/errors.ts'
import type { ChangeTrack } from '#lib/protocol/tracks.ts'

async function change(trackId: string, init: RequestInit): Promise<void> {
  const response = await fetch(`/api/tracks/${trackId}`, init).catch((cause: unknown) => {
    throw new CodedError('unavailable', { cause })
  })
  if (response.ok) return
  const body = errorBodySchema.safeParse(await response.json().catch(() => null))
  throw new CodedError(body.success ? body.data.error.code : 'internal')
}

/** Makes a change to one's library, shows the lists anew, and says what stood against it. */
function useTrackChange(): (trackId: string, init: RequestInit) => Promise<boolean> {
  const t = useTranslations('errors')
  const { mutate } = useSWRConfig()
  return async (trackId, init) => {
    try {
      await change(trackId, init)
      void mutate('/api/tracks')
      return true
    } catch (error) {
      notify(t(errorCodeOf(error)), 'warn')
      return false
    }
  }
}

export function useDeleteTrack(): (trackId: string) => Promise<boolean> {
  const makeChange = useTrackChange()
  return (trackId) => makeChange(trackId, { method: 'DELETE' })
}

export function useChangeTrack(): (trackId: string, change: ChangeTrack) => Promise<boolean> {
  const makeChange = useTrackChange()
  return (trackId, changed) =>
    makeChange(trackId, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(changed),
    })
}
