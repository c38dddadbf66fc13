'use client'
import { useTranslations } from 'next-intl'
import { type RefObject, useRef } from 'react'
import { WithModeration } from '#components/moderation/with-moderation.tsx'
import { useKeptFocus } from '#components/ui/use-kept-focus.ts'
import { Composer } from './composer.tsx'
import { MessageList } from './message-list.tsx'

export function Chat({ inputRef }: { inputRef: RefObject<HTMLTextAreaElement | null> }) {
  const t = useTranslations('chat')
  const regionRef = useRef<HTMLElement>(null)
  useKeptFocus(regionRef)
  return (
    <section
      ref={regionRef}
      aria-label={t('label')}
      className="flex min-h-0 flex-1 flex-col focus-visible:-outline-offset-2"
    >
      <WithModeration>
        <MessageList />
      </WithModeration>
      <Composer inputRef={inputRef} />
    </section>
  )
}
