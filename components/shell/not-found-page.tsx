import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button-style.ts'
import { MessagePage } from './message-page.tsx'

/** Every page has it at hand and few people see it, so its link is a plain one: Next's would be loaded with each page. */
export function NotFoundPage() {
  const t = useTranslations('states')
  return (
    <MessagePage title={t('notFoundTitle')} text={t('notFoundText')}>
      <a href="/" className={buttonStyle('signal', 'large')}>
        {t('endedAction')}
      </a>
    </MessagePage>
  )
}
