'use client'
import { useState } from 'react'
import type { z } from 'zod'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'
import {
  type CodePurpose,
  type checkCodeSchema,
  codeSentSchema,
  type SignedIn,
  signedInSchema,
} from '#lib/protocol/sign-in.ts'
import { useSecondsLeft } from './use-seconds-left.ts'

export type CodeAddress = z.input<typeof checkCodeSchema>['to']

type Options = {
  purpose: CodePurpose
  /** Where the link in an e-mail leads in the end. */
  next: string
  takeToken: () => Promise<string | undefined>
  onDone: (signedIn: SignedIn) => Promise<void> | void
}

/** Asks for a code, counts down to the next one, and checks it. */
export function useOneTimeCode({ purpose, next, takeToken, onDone }: Options) {
  const config = usePublicConfig()
  const [asked, setAsked] = useState<{ to: CodeAddress; purpose: CodePurpose } | null>(null)
  const [isSent, setIsSent] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [refusal, setRefusal] = useState<ErrorCode | null>(null)
  const [mayAskAtInMs, setMayAskAtInMs] = useState<number | null>(null)
  const secondsLeft = useSecondsLeft(mayAskAtInMs)

  const attempt = async (action: () => Promise<void>) => {
    setIsBusy(true)
    setRefusal(null)
    try {
      await action()
    } catch (error) {
      const coded = error instanceof CodedError ? error : new CodedError('internal', { cause: error })
      setRefusal(coded.code)
      if (coded.retryAfterInMs) setMayAskAtInMs(performance.now() + coded.retryAfterInMs)
    } finally {
      setIsBusy(false)
    }
  }

  return {
    /** The last address for which a code was asked. */
    askedFor: asked?.to ?? null,
    /** Where a code is on its way to. */
    sentTo: (isSent && asked?.to) || null,
    isBusy,
    refusal,
    secondsLeft,
    ask: (to: CodeAddress, as: CodePurpose = (isSent && asked?.purpose) || purpose) =>
      attempt(async () => {
        setAsked({ to, purpose: as })
        const captchaToken = await takeToken()
        const body = { to, purpose: as, next, ...(captchaToken && { captchaToken }) }
        const { resendAfterInMs } = await authClientOf(config).request(
          '/api/auth/codes',
          codeSentSchema,
          body,
        )
        setMayAskAtInMs(performance.now() + resendAfterInMs)
        setIsSent(true)
      }),
    check: (code: string) =>
      attempt(async () => {
        if (!asked) return
        const body = { ...asked, code }
        await onDone(await authClientOf(config).request('/api/auth/codes/check', signedInSchema, body))
      }),
    /** Back to the field for the address. */
    begin: () => {
      setIsSent(false)
      setRefusal(null)
    },
  }
}
