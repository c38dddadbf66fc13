'use client'
import type { Channel, CodePurpose, SignedIn } from '#lib/protocol/sign-in.ts'
import { AddressStep } from './address-step.tsx'
import { CodeStep } from './code-step.tsx'
import { TakenChoice } from './taken-choice.tsx'
import { useCaptcha } from './use-captcha.tsx'
import { useOneTimeCode } from './use-one-time-code.ts'

type CodeFormProps = {
  channel: Channel
  purpose: CodePurpose
  /** A path of ours: where the link in an e-mail leads in the end. */
  next: string
  /** Whether a guest's things would stay behind on signing in to another account. */
  isGuest: boolean
  onDone: (signedIn: SignedIn) => Promise<void> | void
}

/**
 * A phone number or an e-mail address, and then the code that was sent there. One captcha stands below all steps, since
 * each of them can ask for a code.
 */
export function CodeForm({ channel, purpose, next, isGuest, onDone }: CodeFormProps) {
  const captcha = useCaptcha()
  const code = useOneTimeCode({ purpose, next, takeToken: captcha.takeToken, onDone })
  const taken = code.refusal === 'address_taken' && !code.sentTo ? code.askedFor : null
  return (
    <div className="flex w-full flex-col gap-4">
      {code.sentTo ? (
        <CodeStep code={code} to={code.sentTo.address} channel={channel} />
      ) : taken ? (
        <TakenChoice
          channel={channel}
          address={taken.address}
          isGuest={isGuest}
          isBusy={code.isBusy}
          onSignIn={() => void code.ask(taken, 'sign_in')}
          onOther={code.begin}
        />
      ) : (
        <AddressStep code={code} channel={channel} />
      )}
      {captcha.widget}
    </div>
  )
}
