import { type AudioEngine, createAudioEngine } from '#lib/client/audio/audio-engine.ts'
import { type ClockSync, createClockSync } from '#lib/client/audio/clock-sync.ts'
import type { AuthClient, Supabase } from '#lib/client/auth/auth-client.ts'
import { createSoundSettings, type SoundSettings } from '#lib/client/calibration/sound-settings.ts'
import { createDeviceLine } from '#lib/client/listening/device-line.ts'
import { startListeningReports } from '#lib/client/listening/listening-reports.ts'
import { listenInOneTab } from '#lib/client/listening/one-tab.ts'
import { type OtherDevices, watchOtherDevices } from '#lib/client/listening/other-devices.ts'
import { readOwnDevice } from '#lib/client/listening/own-device.ts'
import { followLive, type LiveFollower } from '#lib/client/live/follow-live.ts'
import { newId } from '#lib/client/new-id.ts'
import { openSession } from '#lib/client/session/open-session.ts'
import type { SessionClient } from '#lib/client/session/session-client.ts'
import { storageOf } from '#lib/client/storage-of.ts'

/** What makes a room live: the session's log, the sound, and the time they share. */
export type RoomEngines = {
  /** Whom it was opened for. */
  userId: string
  session: SessionClient
  audio: AudioEngine
  clock: ClockSync
  /** How this browser plays: quality, output, nudge. */
  sound: SoundSettings
  live: LiveFollower
  /** What else of this person's listens here. */
  otherDevices: OtherDevices
  destroy: () => void
}

export type RoomEnginesOptions = {
  auth: AuthClient
  supabase: Supabase
  mediaUrl: (path: string) => string
  userId: string
  sessionId: string
  invitation: string | null
}

/** Opens a room in this browser and keeps its sound on its timeline. Whoever opens it destroys it. */
export function createRoomEngines({ mediaUrl, ...options }: RoomEnginesOptions): RoomEngines {
  const clock = createClockSync()
  const session = openSession(options)
  const audio = createAudioEngine({ clock, mediaUrl })
  const unfollow = followTimeline(session, audio)
  const listening = listenInOneTab({ sessionId: options.sessionId, audio, now: Date.now, onPageHide })
  const otherDevices = openOtherDevices(options, session, audio)
  const sound = createSoundSettings({
    engine: audio,
    storage: localStorage,
    media: navigator.mediaDevices as MediaDevices | undefined,
  })
  const reports = startListeningReports({
    sessionId: options.sessionId,
    userId: options.userId,
    audio,
    hereCount: () => {
      const view = session.getSnapshot()
      return view.status === 'ready' && view.session.status === 'live' ? view.hereCount : null
    },
    request: options.auth.request,
  })
  const live = followLive(session, audio, clock)
  return {
    userId: options.userId,
    session,
    audio,
    clock,
    sound,
    live,
    otherDevices,
    destroy: () => {
      otherDevices.destroy()
      listening.destroy()
      reports.destroy()
      sound.destroy()
      unfollow()
      live.destroy()
      audio.destroy()
      session.destroy()
      clock.destroy()
    },
  }
}

function openOtherDevices(
  { supabase, sessionId, userId }: Pick<RoomEnginesOptions, 'supabase' | 'sessionId' | 'userId'>,
  session: SessionClient,
  audio: AudioEngine,
): OtherDevices {
  const device = readOwnDevice(storageOf('localStorage'), navigator.userAgent, newId)
  const canMeet = () => {
    const view = session.getSnapshot()
    const way = view.status === 'refused' ? null : view.connection.way
    return way && way === 'websocket'
  }
  return watchOtherDevices({
    deviceId: device.id,
    line: createDeviceLine(supabase, { sessionId, userId, device }),
    audio,
    canMeet: { getSnapshot: canMeet, subscribe: session.subscribe },
  })
}

function onPageHide(listener: () => void): () => void {
  window.addEventListener('pagehide', listener)
  return () => window.removeEventListener('pagehide', listener)
}

/** Tells the sound what the session knows, whenever its timeline, its tracks or the head of its queue have changed. */
function followTimeline(session: SessionClient, audio: AudioEngine): () => void {
  let knownPlayback: unknown
  let knownItems: unknown
  let knownHeadId: string | undefined
  const follow = (): void => {
    const view = session.getSnapshot()
    if (view.status !== 'ready') return
    const { playback, itemsById, queue } = view
    const head = queue[0]
    const isKnown = playback === knownPlayback && itemsById === knownItems && head?.id === knownHeadId
    if (isKnown) return
    knownPlayback = playback
    knownItems = itemsById
    knownHeadId = head?.id
    const tracks = new Map(Object.values(itemsById).map(({ track }) => [track.id, track]))
    audio.setTimeline(playback, (trackId) => tracks.get(trackId), head?.track)
  }
  follow()
  return session.subscribe(follow)
}
