'use client'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useMyPeople } from '#components/people/use-my-people.ts'
import { withoutBlocked } from '#components/people/without-blocked.ts'
import { useRoomContext } from '#components/room/room-context.ts'
import { newTips } from '#components/tips/new-tips.ts'
import { sayTipAloud } from '#components/tips/say-tip.ts'
import { createMessageAnnouncer } from './announce-messages.ts'
import { newsOfChat } from './news-of-chat.ts'

/** The chat, and the tips in it, for those who hear it: a polite live region, apart from the list, which comes and goes while scrolling. */
export function ChatAnnouncements() {
  const t = useTranslations('chat')
  const tTips = useTranslations('tips')
  const locale = useLocale()
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
      setText(heard.length === 1 && only ? only : t('several', { count: heard.length }))
    })
    let known = readView().messages
    let knownTips = readView().tips
    const hearTips = () => {
      const { tips } = readView()
      const fresh = withoutBlocked(newTips(knownTips, tips), blockedRef.current)
      knownTips = tips
      if (fresh.length > 0) announcer.hear(fresh.map((tip) => sayTipAloud(tip, tTips, locale)))
    }
    const hearMessages = () => {
      const { messages, me } = readView()
      if (messages === known) return
      const { fresh, removedCount } = newsOfChat(known, messages, me.userId)
      known = messages
      const heard = withoutBlocked(fresh, blockedRef.current)
      announcer.hear(heard.map(({ authorName, text }) => t('said', { name: authorName, text })))
      if (removedCount > 0) setText(t('removed'))
    }
    const unsubscribe = session.subscribe(() => {
      hearMessages()
      hearTips()
    })
    return () => {
      unsubscribe()
      announcer.destroy()
    }
  }, [session, readView, t, tTips, locale])

  return (
    <p aria-live="polite" className="sr-only">
      {text}
    </p>
  )
}
