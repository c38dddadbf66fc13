import { useTranslations } from 'next-intl'

/** Why nobody can be tipped here, and what would change it. */
export function TipsOff() {
  const t = useTranslations('tips')
  return <p className="text-lg">{t('off', { variable: 'STRIPE_SECRET_KEY' })}</p>
}
