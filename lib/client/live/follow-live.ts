import { audibleSpan, isToBeHeard, type LiveStream } from '#lib/domain/live/live.ts'
import type { DuckPlan } from '#lib/domain/sync/duck.ts'
import { livePlaylistPath } from '#lib/protocol/live.ts'
import type { AudioEngine } from '../audio/audio-engine.ts'
import type { ClockSync } from '../audio/clock-sync.ts'
import type { SessionClient } from '../session/session-client.ts'

export type LiveFollower = {
  /** The stream that this very browser sends: it is not played here, where the microphone would hear it. */
  setOwnStream: (own: LiveStream | null) => void
  destroy: () => void
}

/** While a voice does not come through, the music stays down for no longer. */
const patienceInMs = 2_000

/**
 * Tells the sound what is on air: the stream to play, and from when to when the music steps back for it. In the browser
 * that sends, the music steps back while it is captured, and not when the others hear it.
 */
export function followLive(
  session: Pick<SessionClient, 'subscribe' | 'getSnapshot'>,
  audio: Pick<AudioEngine, 'subscribe' | 'getSnapshot' | 'setLive' | 'duck'>,
  clock: Pick<ClockSync, 'subscribe' | 'serverNowInMs'>,
): LiveFollower {
  let own: LiveStream | null = null
  /** Also those that ended: their last words are still to be heard, by the others. */
  const ownStreamIds = new Set<string>()
  let playing: LiveStream | null = null
  let isVoiceLost = false
  let lostTimer: ReturnType<typeof setTimeout> | undefined

  function follow(): void {
    const view = session.getSnapshot()
    const serverNowInMs = clock.serverNowInMs()
    if (view.status !== 'ready' || serverNowInMs === null) return
    const { live } = view
    const isToPlay = live && !ownStreamIds.has(live.streamId) && isToBeHeard(live, serverNowInMs)
    const next = isToPlay ? live : null
    if (next === playing) return
    playing = next
    audio.setLive(next && { stream: next, url: livePlaylistPath(next.streamId) })
    duck()
  }

  function duckPlan(): DuckPlan | null {
    if (own) {
      const untilInMs = own.endsAtInMs ?? Number.POSITIVE_INFINITY
      return { fromInMs: own.startsAtInMs, untilInMs, gain: own.duckGain }
    }
    return playing && !isVoiceLost ? { ...audibleSpan(playing), gain: playing.duckGain } : null
  }

  const duck = () => audio.duck(duckPlan())

  function watchVoice(): void {
    const isStalled = audio.getSnapshot().livePhase === 'stalled'
    if (!isStalled) {
      clearTimeout(lostTimer)
      lostTimer = undefined
      if (isVoiceLost) {
        isVoiceLost = false
        duck()
      }
    } else if (!isVoiceLost) {
      lostTimer ??= setTimeout(() => {
        isVoiceLost = true
        duck()
      }, patienceInMs)
    }
  }

  follow()
  const unsubscribes = [session.subscribe(follow), clock.subscribe(follow), audio.subscribe(watchVoice)]
  return {
    setOwnStream(next) {
      own = next
      if (next) ownStreamIds.add(next.streamId)
      follow()
      duck()
    },
    destroy() {
      clearTimeout(lostTimer)
      for (const unsubscribe of unsubscribes) unsubscribe()
    },
  }
}
