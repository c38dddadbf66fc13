import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button-style.ts'

/** For guests, where an account that lasts is needed: they could lose what they buy or get with their browser. */
export function AccountFirst({ text }: { text: string }) {
  const t = useTranslations('account')
  return (
    <>
      <p className="max-w-prose text-lg">{text}</p>
      <Link href="/account" className={buttonStyle('signal', 'large', 'self-start')}>
        {t('keep')}
      </Link>
    </>
  )
}
