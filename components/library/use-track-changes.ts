'use client'
import { useTranslations } from 'next-intl'
import { useSWRConfig } from 'swr'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { notify } from '#components/ui/toasts.ts'
import { CodedError, type ErrorCode, errorBodySchema } from '#lib/protocol/errors.ts'
import type { ChangeTrack } from '#lib/protocol/tracks.ts'

async function change(trackId: string, init: RequestInit): Promise<void> {
  const response = await fetch(`/api/tracks/${trackId}`, init).catch((cause: unknown) => {
    throw new CodedError('unavailable', { cause })
  })
  if (response.ok) return
  const body = errorBodySchema.safeParse(await response.json().catch(() => null))
  throw new CodedError(body.success ? body.data.error.code : 'internal')
}

/**
 * Makes a change to one's library, shows the lists anew, and says what stood against it.
 *
 * @param textOf what a refusal means here; undefined where it is what it is everywhere
 */
function useTrackChange(
  textOf: (code: ErrorCode) => string | undefined = () => undefined,
): (trackId: string, init: RequestInit) => Promise<boolean> {
  const t = useTranslations('errors')
  const { mutate } = useSWRConfig()
  return async (trackId, init) => {
    try {
      await change(trackId, init)
      void mutate('/api/tracks')
      return true
    } catch (error) {
      const code = errorCodeOf(error)
      notify(textOf(code) ?? t(code), 'warn')
      return false
    }
  }
}

export function useDeleteTrack(): (trackId: string) => Promise<boolean> {
  const t = useTranslations('library')
  const makeChange = useTrackChange((code) => (code === 'already_queued' ? t('deletePlaying') : undefined))
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
