'use client'
import { MonitorSmartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { type Room, useRoomContext } from '#components/room/room-context.ts'
import { useRoom } from '#components/room/use-room.ts'
import { Button } from '#components/ui/button.tsx'
import { type DjHeartbeat, startDjHeartbeat } from '#lib/client/session/dj-heartbeat.ts'
import { keepLease } from '#lib/client/session/kept-lease.ts'
import { storageOf } from '#lib/client/storage-of.ts'

type DjPresenceProps = { onHeartbeat: (heartbeat: DjHeartbeat | null) => void }

/**
 * Tells the room that its DJ is here; says so when another window of theirs has taken over, or is on air. A co-DJ stands in while the DJ is
 * away.
 */
export function DjPresence({ onHeartbeat }: DjPresenceProps) {
  const room = useRoomContext()
  const isDj = useRoom((view) => view.me.role === 'dj')
  const config = usePublicConfig()
  const [heartbeat, setHeartbeat] = useState<DjHeartbeat | null>(null)
  useEffect(() => {
    const started = startHeartbeat(room, authClientOf(config).request, isDj)
    setHeartbeat(started)
    onHeartbeat(started)
    return () => {
      setHeartbeat(null)
      onHeartbeat(null)
      started.destroy()
    }
  }, [room, config, isDj, onHeartbeat])
  return heartbeat ? <LeaseNotice heartbeat={heartbeat} /> : null
}

function startHeartbeat(
  { readView, audio, clock }: Room,
  request: Parameters<typeof startDjHeartbeat>[0]['request'],
  isDj: boolean,
): DjHeartbeat {
  const isLeaseFree = () => {
    const { dj, live } = readView()
    // Whoever broadcasts and is gone for a moment sends on from where they were.
    if (live?.endsAtInMs === null) return false
    const { presentUntil } = dj
    const nowInMs = clock.serverNowInMs()
    return nowInMs !== null && (presentUntil === null || presentUntil < nowInMs)
  }
  return startDjHeartbeat({
    sessionId: readView().session.id,
    request,
    serverNowInMs: clock.serverNowInMs,
    positionInMs: () => {
      // Before the first note the player runs its silent pre-roll, which is no position in the music.
      const { positionInMs } = audio.getSnapshot()
      return positionInMs === null ? null : Math.max(0, positionInMs)
    },
    timeline: () => readView().playback,
    isLeaseFree,
    standsIn: !isDj,
    kept: keepLease(storageOf('sessionStorage'), readView().session.id, isReload()),
  })
}

function isReload(): boolean {
  const [entry] = performance.getEntriesByType('navigation')
  return (entry as PerformanceNavigationTiming | undefined)?.type === 'reload'
}

const noticeOf = { lost: 'lease_lost', on_air_elsewhere: 'on_air' } as const

function LeaseNotice({ heartbeat }: { heartbeat: DjHeartbeat }) {
  const t = useTranslations()
  const readStatus = () => heartbeat.getSnapshot().status
  const status = useSyncExternalStore(heartbeat.subscribe, readStatus, readStatus)
  if (status !== 'lost' && status !== 'on_air_elsewhere') return null
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b bg-warn-deep px-4 py-2 text-warn"
    >
      <MonitorSmartphone className="size-4 shrink-0" aria-hidden="true" />
      <p className="flex-1">{t(`errors.${noticeOf[status]}`)}</p>
      <Button look="outline" onClick={heartbeat.takeOver}>
        {t('controls.takeOver')}
      </Button>
    </div>
  )
}
