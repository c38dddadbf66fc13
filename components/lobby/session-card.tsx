'use client'
import { Users } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useMediaUrl } from '#components/app/use-media-url.ts'
import { OnAirDot } from '#components/brand/on-air-dot.tsx'
import { Cover } from '#components/ui/cover.tsx'
import type { SessionHead } from '#lib/protocol/session-heads.ts'

/** One live session; the whole card is the way in. */
export function SessionCard({ session }: { session: SessionHead }) {
  const t = useTranslations('lobby')
  const mediaUrl = useMediaUrl()
  const { id, slug, title, djName, listenerCount, nowPlaying, artworkPath } = session
  return (
    <Link
      href={`/s/${slug}`}
      className="bubble flex h-full gap-4 border border-line bg-raised p-3 transition-colors hover:border-edge hover:bg-control sm:flex-col sm:p-4"
    >
      <Cover id={id} src={mediaUrl(artworkPath)} className="size-24 sm:size-auto sm:w-full" />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5 py-1">
        <h3 className="display truncate text-2xl leading-none sm:text-3xl">{title}</h3>
        <p className="truncate text-muted">{t('by', { name: djName })}</p>
        <p className="mt-auto flex min-w-0 items-center gap-2 pt-2 text-sm">
          {nowPlaying ? <OnAirDot /> : null}
          <span className="truncate">
            {nowPlaying ? [nowPlaying.title, nowPlaying.artist].filter(Boolean).join(' · ') : t('silent')}
          </span>
          <span className="figures ml-auto flex shrink-0 items-center gap-1.5 text-muted">
            <Users className="size-3.5" aria-hidden="true" />
            <span aria-hidden="true">{listenerCount}</span>
            <span className="sr-only">{t('listeners', { count: listenerCount })}</span>
          </span>
        </p>
      </div>
    </Link>
  )
}
