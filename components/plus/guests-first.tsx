import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button-style.ts'

/** What a guest lacks: they could lose what they buy with their browser. */
export function GuestsFirst() {
  const t = useTranslations('plus')
  return (
    <>
      <p className="max-w-prose text-muted">{t('guestText')}</p>
      <Link href="/account" className={buttonStyle('signal', 'large', 'self-start')}>
        {t('guestAction')}
      </Link>
    </>
  )
}
