'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { notify } from '#components/ui/toasts.ts'
import type { Addresses, Channel, SignedIn, SignInWays } from '#lib/protocol/sign-in.ts'
import { AccountSection } from './account-section.tsx'
import { CodeForm } from './sign-in/code-form.tsx'
import { providerNames } from './sign-in/provider-names.ts'
import { SocialButtons } from './sign-in/social-buttons.tsx'

type WaysSectionProps = {
  userId: string
  isGuest: boolean
  addresses: Addresses
  ways: SignInWays
}

/** How one comes back to this account. A guest keeps everything by adding one of them. */
export function WaysSection({ userId, isGuest, addresses, ways }: WaysSectionProps) {
  const t = useTranslations()
  const nameOf = (provider: string) =>
    Object.entries(providerNames).find(([id]) => id === provider)?.[1] ?? provider
  return (
    <AccountSection title={t('account.ways')} text={t(isGuest ? 'account.waysGuest' : 'account.waysText')}>
      {(['phone', 'email'] as const).map((channel) => (
        <AddressRow
          key={channel}
          channel={channel}
          address={addresses[channel]}
          isOffered={ways[channel]}
          userId={userId}
          isGuest={isGuest}
        />
      ))}
      {addresses.providers.map((provider) => (
        <p key={provider} className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-medium">{nameOf(provider)}</span>
          <span className="text-muted">{t('account.linked')}</span>
        </p>
      ))}
      <SocialButtons
        available={ways.providers}
        linked={addresses.providers}
        purpose="add"
        next="/account"
        showsWhatIsOff
      />
    </AccountSection>
  )
}

type AddressRowProps = {
  channel: Channel
  address: string | null
  isOffered: boolean
  userId: string
  isGuest: boolean
}

function AddressRow({ channel, address, isOffered, userId, isGuest }: AddressRowProps) {
  const t = useTranslations()
  const router = useRouter()
  const [isOpen, setIsOpen] = useState(false)
  const done = (signedIn: SignedIn) => {
    // Signed in to the account that had the address: a whole new page for somebody else.
    if (signedIn.userId !== userId) return location.assign('/')
    setIsOpen(false)
    notify(t('account.saved'))
    router.refresh()
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-3">
          <span className="font-medium">{t(`signIn.${channel}Tab`)}</span>
          <span className="text-muted [overflow-wrap:anywhere]">
            {address ?? t(isOffered ? 'account.none' : 'errors.sign_in_off')}
          </span>
        </p>
        {isOffered && !isOpen ? (
          <Button look="outline" onClick={() => setIsOpen(true)}>
            {t(address ? `account.${channel}Change` : `account.${channel}Add`)}
          </Button>
        ) : null}
      </div>
      {isOpen ? (
        <CodeForm channel={channel} purpose="add" next="/account" isGuest={isGuest} onDone={done} />
      ) : null}
    </div>
  )
}
