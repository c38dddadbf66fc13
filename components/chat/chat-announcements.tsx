'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useMyPeople } from '#components/people/use-my-people.ts'
import { useRoomContext } from '#components/room/room-context.ts'
import { createMessageAnnouncer } from './announce-messages.ts'
import { newsOfChat } from './news-of-chat.ts'
import { withoutBlocked } from './without-blocked.ts'

/** The chat for those who hear it: a polite live region, apart from the list, which comes and goes while scrolling. */
export function ChatAnnouncements() {
  const t = useTranslations('chat')
  const { session, readView } = useRoomContext()
  const [text, setText] = useState('')
  const { blocked } = useMyPeople()
  const blockedRef = useRef(blocked)
  useEffect(() => {
    blockedRef.current = blocked
  }, [blocked])

  useEffect(() => {
    const announcer = createMessageAnnouncer((heard) => {
      const [only] = heard
      setText(heard.length === 1 && only ? t('said', only) : t('several', { count: heard.length }))
    })
    let known = readView().messages
    const unsubscribe = session.subscribe(() => {
      const { messages, me } = readView()
      if (messages === known) return
      const { fresh, removedCount } = newsOfChat(known, messages, me.userId)
      known = messages
      const heard = withoutBlocked(fresh, blockedRef.current)
      announcer.hear(heard.map(({ authorName, text }) => ({ name: authorName, text })))
      if (removedCount > 0) setText(t('removed'))
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
