'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useRoomContext } from '#components/room/room-context.ts'
import { createMessageAnnouncer } from './announce-messages.ts'

/** The chat for those who hear it: a polite live region, apart from the list, which comes and goes while scrolling. */
export function ChatAnnouncements() {
  const t = useTranslations('chat')
  const { session, readView } = useRoomContext()
  const [text, setText] = useState('')

  useEffect(() => {
    const announcer = createMessageAnnouncer((heard) => {
      const [only] = heard
      setText(heard.length === 1 && only ? t('said', only) : t('several', { count: heard.length }))
    })
    let lastAt = readView().messages.at(-1)?.at ?? 0
    const unsubscribe = session.subscribe(() => {
      const { messages, me } = readView()
      const fresh = messages.filter(({ at }) => at > lastAt)
      if (fresh.length === 0) return
      lastAt = Math.max(...fresh.map(({ at }) => at))
      const others = fresh.filter(({ authorId }) => authorId !== me.userId)
      announcer.hear(others.map(({ authorName, text }) => ({ name: authorName, text })))
    })
    return () => {
      unsubscribe()
      announcer.destroy()
    }
  }, [session, readView, t])

  return (
    <p aria-live="polite" className="sr-only">
      {text}
    </p>
  )
}
