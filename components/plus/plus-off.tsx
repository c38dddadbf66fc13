import { useTranslations } from 'next-intl'

/** Why Plus cannot be had here, what that means, and what would change it. */
export function PlusOff() {
  const t = useTranslations('plus')
  return <p className="text-lg">{t('off', { variable: 'REVENUECAT_SECRET_KEY' })}</p>
}
