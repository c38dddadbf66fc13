'use client'
import { type ReactNode, useEffect, useState } from 'react'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { type Room, useRoomContext } from '#components/room/room-context.ts'
import { createLiveApi, type LiveApi } from '#lib/client/live/live-api.ts'
import { createLiveDesk, type LiveDesk } from '#lib/client/live/live-desk.ts'
import { newId } from '#lib/client/new-id.ts'
import type { DjHeartbeat } from '#lib/client/session/dj-heartbeat.ts'
import { duckGains, liveDistanceInMs } from '#lib/domain/live/live.ts'
import { LiveDeskContext } from './live-desk-context.ts'

type LiveDeskProviderProps = { heartbeat: DjHeartbeat | null; children: ReactNode }

/** The live desk of whoever holds the DJ's lease here. */
export function LiveDeskProvider({ heartbeat, children }: LiveDeskProviderProps) {
  const room = useRoomContext()
  const config = usePublicConfig()
  const [desk, setDesk] = useState<LiveDesk | null>(null)
  useEffect(() => {
    if (!heartbeat) return
    const { request } = authClientOf(config)
    const api = createLiveApi(room.readView().session.id, heartbeat.leaseId, request)
    const created = createLiveDesk({ api, serverTimeAtInMs: room.clock.serverTimeAtInMs, newId })
    const unfollow = followDesk(created, room)
    const unwatch = endWhatWasLeft(api, created, heartbeat, room)
    setDesk(created)
    return () => {
      unwatch()
      unfollow()
      created.destroy()
      setDesk(null)
    }
  }, [heartbeat, config, room])
  return <LiveDeskContext value={desk}>{children}</LiveDeskContext>
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
