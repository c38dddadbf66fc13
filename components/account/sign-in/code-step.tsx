'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { Channel } from '#lib/protocol/sign-in.ts'
import type { useOneTimeCode } from './use-one-time-code.ts'

type CodeStepProps = { code: ReturnType<typeof useOneTimeCode>; to: string; channel: Channel }

const codeLength = 6

/** The field for the code, which is checked as soon as it is complete, and the way to another one. */
export function CodeStep({ code, to, channel }: CodeStepProps) {
  const t = useTranslations()
  const formRef = useRef<HTMLFormElement>(null)
  const [digits, setDigits] = useState('')
  const isVoid = code.refusal === 'code_void'

  // The step appears in the place of another one: the next thing to do is to type here.
  useEffect(() => {
    formRef.current?.querySelector('input')?.focus()
  }, [])

  const type = (text: string) => {
    const typed = text.replace(/\D/g, '').slice(0, codeLength)
    setDigits(typed)
    if (typed.length === codeLength && typed !== digits) void code.check(typed)
  }

  return (
    <form
      ref={formRef}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void code.check(digits)
      }}
      className="flex w-full max-w-lg flex-col items-start gap-4"
    >
      <p>{t(`signIn.${channel}Sent`, { address: to })}</p>
      <TextField
        label={t('signIn.code')}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        value={digits}
        onChange={(event) => type(event.currentTarget.value)}
        disabled={isVoid}
        error={code.refusal ? t(`errors.${code.refusal}`) : undefined}
        className="figures w-40"
      />
      <Button type="submit" disabled={code.isBusy || isVoid || digits.length < codeLength}>
        {code.isBusy ? <Spinner /> : null}
        {t('signIn.check')}
      </Button>
      <div className="-ml-4 flex flex-wrap">
        <Button
          look="quiet"
          disabled={code.isBusy || code.secondsLeft > 0}
          onClick={() => {
            setDigits('')
            if (code.sentTo) void code.ask(code.sentTo)
          }}
        >
          {code.secondsLeft > 0 ? t('signIn.again', { seconds: code.secondsLeft }) : t('signIn.resend')}
        </Button>
        <Button look="quiet" onClick={code.begin}>
          {t(`signIn.${channel}Other`)}
        </Button>
      </div>
    </form>
  )
}
