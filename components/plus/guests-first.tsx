import { useTranslations } from 'next-intl'
import { AccountFirst } from '#components/account/account-first.tsx'

/** What a guest lacks for Plus. */
export function GuestsFirst() {
  const t = useTranslations('plus')
  return <AccountFirst text={t('guestText')} />
}
