'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import {
  type Channel,
  type CodePurpose,
  emailSchema,
  phoneSchema,
  type SignedIn,
} from '#lib/protocol/sign-in.ts'
import { CodeStep } from './code-step.tsx'
import { TakenChoice } from './taken-choice.tsx'
import { useCaptcha } from './use-captcha.tsx'
import { type CodeAddress, useOneTimeCode } from './use-one-time-code.ts'

type CodeFormProps = {
  channel: Channel
  purpose: CodePurpose
  /** A path of ours: where the link in an e-mail leads in the end. */
  next: string
  /** Whether a guest's things would stay behind on signing in to another account. */
  isGuest: boolean
  onDone: (signedIn: SignedIn) => Promise<void> | void
}

/** A phone number or an e-mail address, and then the code that was sent there. */
export function CodeForm({ channel, purpose, next, isGuest, onDone }: CodeFormProps) {
  const t = useTranslations()
  const captcha = useCaptcha()
  const [wrong, setWrong] = useState<string | undefined>()
  const [taken, setTaken] = useState<CodeAddress | null>(null)
  const code = useOneTimeCode({ purpose, next, takeToken: captcha.takeToken, onDone })

  const ask = (text: string) => {
    const parsed = (channel === 'phone' ? phoneSchema : emailSchema).safeParse(text)
    if (!parsed.success) return setWrong(t(`signIn.${channel}Wrong`))
    setWrong(undefined)
    const to = { channel, address: parsed.data }
    setTaken(to)
    return code.ask(to)
  }

  if (code.sentTo) return <CodeStep code={code} to={code.sentTo.address} channel={channel} />
  if (taken && code.refusal === 'address_taken') {
    return (
      <TakenChoice
        channel={channel}
        address={taken.address}
        isGuest={isGuest}
        isBusy={code.isBusy}
        onSignIn={() => void code.ask(taken, 'sign_in')}
        onOther={() => {
          setTaken(null)
          code.begin()
        }}
      />
    )
  }
  const refusal = code.refusal ? t(`errors.${code.refusal}`) : undefined
  const isWaiting = code.secondsLeft > 0
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
        key={channel}
        label={t(`signIn.${channel}`)}
        name="address"
        type={channel === 'phone' ? 'tel' : 'email'}
        inputMode={channel === 'phone' ? 'tel' : 'email'}
        autoComplete={channel === 'phone' ? 'tel' : 'email'}
        defaultValue={taken?.address}
        enterKeyHint="next"
        required
        hint={t(`signIn.${channel}Hint`)}
        error={wrong ?? refusal}
        className="w-full"
      />
      {captcha.widget}
      <Button type="submit" disabled={code.isBusy || isWaiting}>
        {code.isBusy ? <Spinner /> : null}
        {isWaiting ? t('signIn.again', { seconds: code.secondsLeft }) : t('signIn.send')}
      </Button>
    </form>
  )
}
