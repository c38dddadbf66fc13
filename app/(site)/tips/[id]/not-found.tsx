import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { MessagePage } from '#components/shell/message-page.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'

export default function TipNotFound() {
  const t = useTranslations()
  return (
    <MessagePage title={t('tips.unknownTitle')} text={t('tips.unknownText')}>
      <Link href="/" className={buttonStyle('signal', 'large')}>
        {t('common.backToLobby')}
      </Link>
    </MessagePage>
  )
}
