'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useRoomContext } from '#components/room/room-context.ts'
import { useRoom } from '#components/room/use-room.ts'
import { notify } from '#components/ui/toasts.ts'
import { newsOfStanding, type Standing, type StandingNews } from './news-of-standing.ts'
import { useUntil } from './use-until.ts'

/** Tells this person at once, wherever in the room they look, that they were appointed, muted or may write again. */
export function useStandingNews(): void {
  const t = useTranslations('moderation')
  const until = useUntil()
  const { clock } = useRoomContext()
  const role = useRoom((view) => view.me.role)
  const mutedUntil = useRoom((view) => view.me.mutedUntil)
  const known = useRef<Standing>({ role, mutedUntil })

  const inWords = (news: StandingNews): string => {
    if (news.is === 'unmuted') return t('youMayWrite')
    if (news.is === 'role') return t(`youAre.${news.role}`)
    const { isToday, time } = until(news.until)
    return t(isToday ? 'youAreMutedUntil' : 'youAreMutedUntilDate', { time })
  }
  const tell = useEffectEvent((standing: Standing) => {
    const nowInMs = clock.serverNowInMs() ?? Date.now()
    for (const news of newsOfStanding(known.current, standing, nowInMs)) notify(inWords(news))
    known.current = standing
  })
  useEffect(() => tell({ role, mutedUntil }), [role, mutedUntil])
}
