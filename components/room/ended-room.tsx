import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { MessagePage } from '#components/shell/message-page.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'

export function EndedRoom({ title }: { title: string }) {
  const t = useTranslations('states')
  return (
    <MessagePage title={t('endedTitle')} text={t('endedText', { title })}>
      <Link href="/" className={buttonStyle('signal', 'large')}>
        {t('endedAction')}
      </Link>
      <Link href="/studio" className={buttonStyle('outline', 'large')}>
        {t('endedStart')}
      </Link>
    </MessagePage>
  )
}
