'use client'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { GuestForm } from '#components/account/guest-form.tsx'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { SignInWays } from '#lib/protocol/sign-in.ts'
import { AddressForms } from './address-forms.tsx'
import { SocialButtons } from './social-buttons.tsx'

type SignInProps = {
  ways: SignInWays
  /** A path of ours to go to afterwards. */
  next: string
  /** The name of the guest who is signed in: they keep what is theirs by adding an address. */
  guestName: string | null
}

/** Every way in: a name is enough; a phone, an e-mail address or a social account make it last. */
export function SignIn({ ways, next, guestName }: SignInProps) {
  const t = useTranslations('signIn')
  const locale = useLocale()
  const config = usePublicConfig()
  const [needsName, setNeedsName] = useState(false)
  const isGuest = guestName !== null
  const purpose = isGuest ? 'add' : 'sign_in'

  // A whole new page: whoever was here before is in nobody's memory any more.
  const goOn = () => location.assign(next)
  const attempt = async (action: () => Promise<unknown>): Promise<ErrorCode | null> => {
    try {
      await action()
      goOn()
      return null
    } catch (error) {
      return errorCodeOf(error)
    }
  }

  if (needsName) {
    return (
      <section className="flex flex-col gap-4">
        <h2 className="display text-3xl">{t('nameTitle')}</h2>
        <GuestForm
          submitLabel={t('goOn')}
          hint={t('nameHint')}
          onEnter={(name) => attempt(() => authClientOf(config).rename(name))}
        />
      </section>
    )
  }
  return (
    <div className="flex flex-col gap-10">
      {ways.guest && !isGuest ? (
        <section className="flex flex-col gap-4">
          <h2 className="display text-3xl">{t('guestTitle')}</h2>
          <GuestForm
            look="outline"
            onEnter={(name, captchaToken) =>
              attempt(() => authClientOf(config).enterAsGuest(name, locale, captchaToken))
            }
          />
        </section>
      ) : null}
      {ways.phone || ways.email ? (
        <section className="flex flex-col gap-4">
          <h2 className="display text-3xl">{t(isGuest ? 'addTitle' : 'codeTitle')}</h2>
          <p className="max-w-prose text-muted">{t('codeText')}</p>
          <AddressForms
            ways={ways}
            purpose={purpose}
            next={next}
            isGuest={isGuest}
            onDone={(signedIn) => (signedIn.needsName ? setNeedsName(true) : goOn())}
          />
        </section>
      ) : null}
      <section className="flex flex-col gap-4">
        <h2 className="display text-3xl">{t('socialTitle')}</h2>
        <SocialButtons available={ways.providers} purpose={purpose} next={next} />
      </section>
    </div>
  )
}
