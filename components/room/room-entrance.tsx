'use client'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { GuestEntry } from '#components/account/guest-entry.tsx'
import { usePublicConfig } from '#components/app/public-config.ts'
import { useMediaUrl } from '#components/app/use-media-url.ts'
import { Mark } from '#components/brand/mark.tsx'
import { OnAirDot } from '#components/brand/on-air-dot.tsx'
import { anchors } from '#components/shell/anchors.ts'
import { LanguageSwitch } from '#components/shell/language-switch.tsx'
import { Cover } from '#components/ui/cover.tsx'
import type { SessionHead } from '#lib/protocol/session-heads.ts'
import { preloadRoom } from './preload-room.ts'

type RoomEntranceProps = { head: SessionHead; onEntered: (userId: string) => void }

/** The door: what goes on inside, and the one thing that is needed to come in. */
export function RoomEntrance({ head, onEntered }: RoomEntranceProps) {
  const t = useTranslations()
  const mediaUrl = useMediaUrl()
  const config = usePublicConfig()
  useEffect(() => void preloadRoom(config), [config])
  const { id, title, djName, djHandle, artworkPath, nowPlaying, listenerCount } = head
  return (
    <main id={anchors.content} className="mx-auto flex min-h-dvh w-full max-w-5xl flex-col px-5 py-4">
      <div className="flex items-center justify-between">
        <Mark className="size-9" />
        <LanguageSwitch />
      </div>
      <div className="grid flex-1 content-center gap-7 py-8 md:grid-cols-[minmax(0,22rem)_minmax(0,1fr)] md:items-center md:gap-14">
        <Cover id={id} src={mediaUrl(artworkPath)} className="w-52 md:w-full" />
        <div className="flex flex-col gap-5">
          <div className="flex flex-col gap-3">
            <p className="label flex items-center gap-2 text-ember">
              <OnAirDot />
              {t('room.onAir')}
            </p>
            <h1 className="display break-words text-5xl md:text-7xl">{title}</h1>
            <p className="text-lg text-muted">
              {djHandle ? (
                <Link
                  href={`/u/${djHandle}`}
                  className="underline decoration-1 underline-offset-4 hover:text-text"
                >
                  {t('room.withDj', { name: djName })}
                </Link>
              ) : (
                t('room.withDj', { name: djName })
              )}{' '}
              · {t('lobby.listeners', { count: listenerCount })}
            </p>
            <p className="text-text">
              {nowPlaying
                ? `${t('lobby.playing')}: ${[nowPlaying.title, nowPlaying.artist].filter(Boolean).join(' · ')}`
                : t('lobby.silent')}
            </p>
          </div>
          <GuestEntry submitLabel={t('room.comeIn')} onEntered={onEntered} />
        </div>
      </div>
    </main>
  )
}
