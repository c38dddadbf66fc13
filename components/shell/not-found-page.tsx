import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button-style.ts'
import { MessagePage } from './message-page.tsx'

export function NotFoundPage() {
  const t = useTranslations('states')
  return (
    <MessagePage title={t('notFoundTitle')} text={t('notFoundText')}>
      <Link href="/" className={buttonStyle('signal', 'large')}>
        {t('endedAction')}
      </Link>
    </MessagePage>
  )
}
