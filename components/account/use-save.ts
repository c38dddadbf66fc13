'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { z } from 'zod'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { notify } from '#components/ui/toasts.ts'
import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'

type Refused = { code: ErrorCode; field: string | undefined }

/** Sends one change of the account, says that it was saved, and renders the page again; or tells what was refused. */
export function useSave() {
  const t = useTranslations()
  const config = usePublicConfig()
  const router = useRouter()
  const [isBusy, setIsBusy] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)

  /** @returns the answer, or null where it was refused */
  const save = async <S extends z.ZodType>(
    path: string,
    result: S,
    body: unknown,
    saved: string | null = t('account.saved'),
  ): Promise<z.output<S> | null> => {
    setIsBusy(true)
    setRefused(null)
    try {
      const answer = await authClientOf(config).request(path, result, body)
      if (saved !== null) notify(saved)
      router.refresh()
      return answer
    } catch (error) {
      setRefused(
        error instanceof CodedError
          ? { code: error.code, field: error.field }
          : { code: 'internal', field: undefined },
      )
      return null
    } finally {
      setIsBusy(false)
    }
  }

  return { save, isBusy, refused }
}
