'use client'
import { useFormatter, useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { formatDuration } from '#components/player/format-duration.ts'
import { anchors } from '#components/shell/anchors.ts'
import { Button } from '#components/ui/button.tsx'
import { Cover } from '#components/ui/cover.tsx'
import { personHere } from '#lib/client/auth/person-here.ts'
import { seenLibraryOf, seenLobby } from '#lib/client/offline/seen.ts'
import { seenLibrarySchema, seenLobbySchema } from '#lib/client/offline/seen-schemas.ts'
import { waitingCommands } from '#lib/client/offline/waiting-commands.ts'
import { whenBack } from '#lib/client/offline/when-back.ts'
import { offlinePath } from '#lib/client/service-worker/addresses.ts'
import { storageOf } from '#lib/client/storage-of.ts'

type Seen = ReturnType<typeof readSeen>

function readSeen() {
  const userId = personHere()
  const storage = storageOf('localStorage')
  return {
    lobby: seenLobby.read(seenLobbySchema),
    library: userId && seenLibraryOf(userId).read(seenLibrarySchema),
    waiting: storage && userId ? waitingCommands(storage, userId, Date.now()) : [],
  }
}

const reload = () => window.location.reload()

/** Whether the page that this one stands in for can be fetched; its text is of no use here. */
const canBeFetched = () =>
  fetch(window.location.href, { method: 'HEAD', cache: 'no-store' }).then(
    () => true,
    () => false,
  )

function onOnline(listener: () => void): () => void {
  window.addEventListener('online', listener)
  return () => window.removeEventListener('online', listener)
}

/** What stands in for every page without a network: what this browser saw last. It goes by itself when the network is back. */
export function OfflineScreen() {
  const t = useTranslations('offline')
  const [seen, setSeen] = useState<Seen | null>(null)
  useEffect(() => {
    setSeen(readSeen())
    // By its own address it stands in for nothing.
    if (window.location.pathname === offlinePath) return
    return whenBack({ ask: canBeFetched, onOnline, random: Math.random }, reload)
  }, [])
  return (
    <main
      id={anchors.content}
      className="mx-auto flex min-h-dvh w-full max-w-3xl flex-col gap-10 px-5 pt-16 pb-10"
    >
      <div className="flex flex-col items-start gap-5">
        <h1 className="display text-6xl sm:text-8xl">{t('title')}</h1>
        <p className="max-w-prose text-lg text-muted">{t('text')}</p>
        <Button size="large" onClick={reload}>
          {t('tryAgain')}
        </Button>
      </div>
      {seen ? <SeenLast seen={seen} /> : null}
    </main>
  )
}

function SeenLast({ seen: { lobby, library, waiting } }: { seen: Seen }) {
  const t = useTranslations()
  const format = useFormatter()
  const time = (atInMs: number) => format.dateTime(atInMs, { dateStyle: 'short', timeStyle: 'short' })
  return (
    <>
      {waiting.length > 0 ? (
        <Part title={t('offline.waiting', { count: waiting.length })} note={t('offline.waitingText')}>
          {waiting.map((command) =>
            command.kind === 'chat.send' ? (
              <li key={command.commandId} className="py-2">
                {command.text}
              </li>
            ) : null,
          )}
        </Part>
      ) : null}
      {lobby ? (
        <Part title={t('offline.lobby')} note={t('offline.seenAt', { time: time(lobby.atInMs) })}>
          {lobby.value.map(({ id, title, djName }) => (
            <li key={id} className="flex items-center gap-3 py-2">
              <Cover id={id} className="size-12" />
              <div className="min-w-0 flex-1">
                <p className="truncate font-semibold">{title}</p>
                <p className="truncate text-muted text-sm">{t('lobby.by', { name: djName })}</p>
              </div>
            </li>
          ))}
        </Part>
      ) : null}
      {library ? (
        <Part title={t('library.title')} note={t('offline.seenAt', { time: time(library.atInMs) })}>
          {library.value.map(({ id, title, artist, durationInMs }) => (
            <li key={id} className="flex items-center gap-3 py-2">
              <div className="min-w-0 flex-1">
                <p className="truncate font-semibold">
                  <bdi>{title}</bdi>
                </p>
                <p className="truncate text-muted text-sm">
                  <bdi>{artist ?? t('common.unknownArtist')}</bdi>
                </p>
              </div>
              <span className="figures text-muted text-sm">{formatDuration(durationInMs)}</span>
            </li>
          ))}
        </Part>
      ) : null}
    </>
  )
}

function Part({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-1">
      <h2 id={id} className="display text-3xl">
        {title}
      </h2>
      <p className="text-muted text-sm">{note}</p>
      <ul className="divide-y divide-line/60">{children}</ul>
    </section>
  )
}
