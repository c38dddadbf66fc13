'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { Button } from '#components/ui/button.tsx'
import { notify } from '#components/ui/toasts.ts'
import { type CodePurpose, type Provider, providers, socialBegunSchema } from '#lib/protocol/sign-in.ts'
import { providerNames } from './provider-names.ts'

type SocialButtonsProps = {
  /** Those that are switched on. */
  available: readonly Provider[]
  /** Those that the account has already. */
  linked?: readonly string[]
  purpose: CodePurpose
  next: string
  /** Whether to show what is off, with the variables that would turn it on. */
  showsWhatIsOff?: boolean
}

/** One button for each provider that is switched on; the browser goes on there and comes back. */
export function SocialButtons({
  available,
  linked = [],
  purpose,
  next,
  showsWhatIsOff = false,
}: SocialButtonsProps) {
  const t = useTranslations()
  const config = usePublicConfig()
  const [isLeaving, setIsLeaving] = useState(false)
  const off = providers.filter((provider) => !available.includes(provider))

  const goOn = async (provider: Provider) => {
    setIsLeaving(true)
    try {
      const body = { provider, purpose, next }
      const { url } = await authClientOf(config).request('/api/auth/social', socialBegunSchema, body)
      location.assign(url)
    } catch (error) {
      setIsLeaving(false)
      notify(t(`errors.${errorCodeOf(error)}`), 'warn')
    }
  }

  return (
    <div className="flex max-w-lg flex-col items-start gap-3">
      {available
        .filter((provider) => !linked.includes(provider))
        .map((provider) => (
          <Button key={provider} look="outline" disabled={isLeaving} onClick={() => void goOn(provider)}>
            {t(purpose === 'add' ? 'signIn.addProvider' : 'signIn.withProvider', {
              provider: providerNames[provider],
            })}
          </Button>
        ))}
      {showsWhatIsOff && off.length > 0 ? (
        <ul className="flex flex-col gap-1 text-muted text-sm">
          {off.map((provider) => (
            <li key={provider} className="[overflow-wrap:anywhere]">
              {t('signIn.providerOff', {
                provider: providerNames[provider],
                variable: `SUPABASE_AUTH_EXTERNAL_${provider.toUpperCase()}_CLIENT_ID`,
              })}
            </li>
          ))}
        </ul>
      ) : null}
      {!showsWhatIsOff && available.length === 0 ? (
        <p className="text-muted text-sm">{t('signIn.noProviders')}</p>
      ) : null}
    </div>
  )
}
