'use client'
import { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import { WithModeration } from '#components/moderation/with-moderation.tsx'
import { Composer } from './composer.tsx'
import { MessageList } from './message-list.tsx'

export function Chat({ inputRef }: { inputRef: RefObject<HTMLTextAreaElement | null> }) {
  const t = useTranslations('chat')
  return (
    <section aria-label={t('label')} className="flex min-h-0 flex-1 flex-col">
      <WithModeration>
        <MessageList />
      </WithModeration>
      <Composer inputRef={inputRef} />
    </section>
  )
}
