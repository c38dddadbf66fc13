'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { type Channel, emailSchema, phoneSchema } from '#lib/protocol/sign-in.ts'
import type { useOneTimeCode } from './use-one-time-code.ts'

type AddressStepProps = { code: ReturnType<typeof useOneTimeCode>; channel: Channel }

/** The field for the address to which a code is to go. */
export function AddressStep({ code, channel }: AddressStepProps) {
  const t = useTranslations()
  const [wrong, setWrong] = useState<string | undefined>()
  const refusal = code.refusal ? t(`errors.${code.refusal}`) : undefined
  const isWaiting = code.secondsLeft > 0

  const ask = (text: string) => {
    const parsed = (channel === 'phone' ? phoneSchema : emailSchema).safeParse(text)
    if (!parsed.success) return setWrong(t(`signIn.${channel}Wrong`))
    setWrong(undefined)
    return code.ask({ channel, address: parsed.data })
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void ask(String(new FormData(event.currentTarget).get('address') ?? ''))
      }}
      className="flex w-full max-w-lg flex-col items-start gap-4"
    >
      <TextField
        label={t(`signIn.${channel}`)}
        name="address"
        type={channel === 'phone' ? 'tel' : 'email'}
        inputMode={channel === 'phone' ? 'tel' : 'email'}
        autoComplete={channel === 'phone' ? 'tel' : 'email'}
        defaultValue={code.askedFor?.address}
        enterKeyHint="next"
        required
        hint={t(`signIn.${channel}Hint`)}
        error={wrong ?? refusal}
        className="w-full"
      />
      <Button type="submit" disabled={code.isBusy || isWaiting}>
        {code.isBusy ? <Spinner /> : null}
        {isWaiting ? t('signIn.again', { seconds: code.secondsLeft }) : t('signIn.send')}
      </Button>
    </form>
  )
}
