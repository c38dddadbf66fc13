import { useTranslations } from 'next-intl'

/** Why nobody can be tipped here, and what would change it: a sentence, without an element of its own. */
export function TipsOff() {
  const t = useTranslations('tips')
  return t('off', { variable: 'STRIPE_SECRET_KEY' })
}
