'use client'
import { useTranslations } from 'next-intl'
import type { Provider } from '#lib/protocol/sign-in.ts'
import { providerNames } from './provider-names.ts'
import { SocialButtons } from './social-buttons.tsx'

/** The provider's account belongs to another account: sign in to that one, knowing what stays behind, or leave it. */
export function SocialTaken({ provider, isGuest }: { provider: Provider; isGuest: boolean }) {
  const t = useTranslations('signIn')
  return (
    <div role="alert" className="bubble flex max-w-lg flex-col gap-4 border border-edge bg-raised p-5">
      <p className="font-semibold">{t('takenSocialTitle', { provider: providerNames[provider] })}</p>
      <p className="text-muted">{t(isGuest ? 'takenGuestText' : 'takenText')}</p>
      <SocialButtons available={[provider]} purpose="sign_in" next="/" />
    </div>
  )
}
