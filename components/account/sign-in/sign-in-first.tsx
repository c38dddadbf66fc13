import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button-style.ts'

/** For whoever came to a page of one's own without being anybody yet: what for to sign in, and the way back to `next`. */
export function SignInFirst({ text, next }: { text: string; next: string }) {
  const t = useTranslations('header')
  return (
    <>
      <p className="text-lg">{text}</p>
      <Link href={`/sign-in?next=${next}`} className={buttonStyle('signal', 'large', 'self-start')}>
        {t('signIn')}
      </Link>
    </>
  )
}
