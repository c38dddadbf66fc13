'use client'
import { useTranslations } from 'next-intl'
import { MessagePage } from '#components/shell/message-page.tsx'
import { Button } from '#components/ui/button.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'

/** What failed is in the server's log; here stands what one can do. A plain link, which loads the page anew. */
export default function SiteError({ reset }: { reset: () => void }) {
  const t = useTranslations()
  return (
    <MessagePage title={t('states.errorTitle')} text={t('states.errorText')}>
      <Button size="large" onClick={reset}>
        {t('common.retry')}
      </Button>
      <a href="/" className={buttonStyle('outline', 'large')}>
        {t('common.backToLobby')}
      </a>
    </MessagePage>
  )
}
