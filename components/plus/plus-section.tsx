import { Sparkles } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { AccountSection } from '#components/account/account-section.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { PlusOff } from './plus-off.tsx'

/** Plus on the account page: the way to it, or why there is none. */
export function PlusSection({ isOn }: { isOn: boolean }) {
  const t = useTranslations('plus')
  return (
    <AccountSection title={t('title')} text={isOn ? t('text') : undefined}>
      {isOn ? (
        <Link href="/plus" className={buttonStyle('outline', 'medium', 'self-start')}>
          <Sparkles className="size-4" aria-hidden="true" />
          {t('open')}
        </Link>
      ) : (
        <PlusOff />
      )}
    </AccountSection>
  )
}
