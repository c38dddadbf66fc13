'use client'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { MessagePage } from '#components/shell/message-page.tsx'
import { Button } from '#components/ui/button.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import { EndedRoom } from './ended-room.tsx'

/** Why one cannot be in this room, and what to do about it. */
export function RefusedRoom({ code, title }: { code: ErrorCode; title: string }) {
  const t = useTranslations()
  if (code === 'session_ended') return <EndedRoom title={title} />
  const kind = kinds[code] ?? 'unavailable'
  return (
    <MessagePage title={t(`states.${kind}Title`)} text={t(`states.${kind}Text`)}>
      {kind === 'unavailable' ? (
        <Button size="large" onClick={() => window.location.reload()}>
          {t('common.retry')}
        </Button>
      ) : null}
      <Link href="/" className={buttonStyle(kind === 'unavailable' ? 'outline' : 'signal', 'large')}>
        {t('states.endedAction')}
      </Link>
    </MessagePage>
  )
}

const kinds: Partial<Record<ErrorCode, 'banned' | 'private' | 'notFound'>> = {
  banned: 'banned',
  invitation_invalid: 'private',
  not_allowed: 'private',
  not_found: 'notFound',
}
