'use client'
import { WifiOff } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { useRoomContext } from './room-context.ts'
import { useRoom } from './use-room.ts'

/** Says since when there is no connection, and what to do about it; nothing during a mere hiccup. */
export function BrokenConnection() {
  const t = useTranslations('connection')
  const format = useFormatter()
  const { session } = useRoomContext()
  const sinceInMs = useRoom(({ connection }) =>
    connection.status === 'broken' ? connection.sinceInMs : null,
  )
  const isPlaying = useRoom(({ playback }) => playback.status === 'playing')
  if (sinceInMs === null) return null
  const time = format.dateTime(sinceInMs, { hour: '2-digit', minute: '2-digit' })
  return (
    <div className="bubble mb-2 flex items-center gap-3 bg-warn-deep py-1.5 pr-2 pl-4 text-sm">
      <WifiOff className="size-4 shrink-0 text-warn" aria-hidden="true" />
      <p className="min-w-0 flex-1 py-1">
        <strong className="font-semibold text-warn">{t('brokenSince', { time })}</strong>{' '}
        {isPlaying ? `${t('brokenMusic')} ` : null}
        {t('brokenText')}
      </p>
      <Button look="quiet" onClick={session.reconnect}>
        {t('tryNow')}
      </Button>
    </div>
  )
}
