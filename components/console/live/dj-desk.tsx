'use client'
import { useLocale, useTimeZone } from 'next-intl'
import { useEffect, useEffectEvent, useState } from 'react'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { DjPresence } from '#components/console/dj-presence.tsx'
import { type Room, useRoomContext } from '#components/room/room-context.ts'
import { keepScreenOn } from '#lib/client/keep-screen-on.ts'
import { browserRecordings } from '#lib/client/live/browser-recordings.ts'
import { createLiveApi, type LiveApi } from '#lib/client/live/live-api.ts'
import { createLiveDesk, type LiveDesk } from '#lib/client/live/live-desk.ts'
import { newId } from '#lib/client/new-id.ts'
import type { DjHeartbeat } from '#lib/client/session/dj-heartbeat.ts'
import { duckGains, liveDistanceInMs } from '#lib/domain/live/live.ts'
import { nameSet } from './name-set.ts'

type DjDeskProps = { onDesk: (desk: LiveDesk | null) => void }

/** Whoever plays: tells the room that its DJ is here, and has a live desk while they hold the lease. */
export function DjDesk({ onDesk }: DjDeskProps) {
  const room = useRoomContext()
  const config = usePublicConfig()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const [heartbeat, setHeartbeat] = useState<DjHeartbeat | null>(null)
  const nameNow = useEffectEvent(() =>
    nameSet(room.readView().session.title, new Date(), { locale, timeZone }),
  )
  useEffect(() => {
    if (!heartbeat) return
    const { request } = authClientOf(config)
    const api = createLiveApi(room.readView().session.id, heartbeat.leaseId, request)
    const created = createLiveDesk({
      api,
      serverTimeAtInMs: room.clock.serverTimeAtInMs,
      newId,
      recordings: browserRecordings(room.readView().me.userId),
      nameSet: () => nameNow(),
    })
    const unfollow = followDesk(created, room)
    const unwatch = endWhatWasLeft(api, created, heartbeat, room)
    onDesk(created)
    return () => {
      unwatch()
      unfollow()
      created.destroy()
      onDesk(null)
    }
  }, [heartbeat, config, room, onDesk])
  useEffect(keepScreenOn, [])
  return <DjPresence onHeartbeat={setHeartbeat} />
}

/** Keeps the room's sound away from the microphone; a live set takes the place of the music once it is heard. */
function followDesk(desk: LiveDesk, { live, session, clock, readView }: Room): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let knownStreamId: string | null = null
  const follow = () => {
    const { phase, mode, streamId, startsAtInMs } = desk.getSnapshot()
    const isOnAir = phase === 'on_air' && mode && streamId && startsAtInMs !== null
    live.setOwnStream(
      isOnAir ? { streamId, mode, startsAtInMs, endsAtInMs: null, duckGain: duckGains[mode] } : null,
    )
    if (!isOnAir) clearTimeout(timer)
    if (!isOnAir || mode !== 'set' || streamId === knownStreamId) return
    knownStreamId = streamId
    timer = setTimeout(
      () => {
        if (readView().playback.status === 'playing') void session.send({ kind: 'playback.pause' })
      },
      startsAtInMs + liveDistanceInMs - (clock.serverNowInMs() ?? startsAtInMs),
    )
  }
  const unsubscribe = desk.subscribe(follow)
  return () => {
    clearTimeout(timer)
    unsubscribe()
    live.setOwnStream(null)
  }
}

/** What went on air from a window that is gone ends when this one has the lease: nobody could go on with it. */
function endWhatWasLeft(api: LiveApi, desk: LiveDesk, heartbeat: DjHeartbeat, { readView, clock }: Room) {
  const end = () => {
    const { live } = readView()
    const serverNowInMs = clock.serverNowInMs()
    if (!heartbeat.leaseId() || serverNowInMs === null) return
    unsubscribe()
    if (!live || live.endsAtInMs !== null || live.streamId === desk.getSnapshot().streamId) return
    // Where this fails, the server finds out by itself.
    api.end(live.streamId, serverNowInMs).catch(() => {})
  }
  const unsubscribes = [heartbeat.subscribe(end), clock.subscribe(end)]
  const unsubscribe = () => {
    for (const each of unsubscribes) each()
  }
  return unsubscribe
}
