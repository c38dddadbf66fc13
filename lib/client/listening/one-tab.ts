import type { AudioEngine, AudioSnapshot } from '../audio/audio-engine.ts'

export type OneTabDeps = {
  sessionId: string
  audio: Pick<AudioEngine, 'start' | 'stop' | 'subscribe'> & {
    getSnapshot(): Pick<AudioSnapshot, 'phase' | 'livePhase' | 'isListening'>
  }
  /** The time that all tabs of this browser share. */
  now: () => number
  /** Calls back when the page goes away; gives the unsubscribe. */
  onPageHide: (listener: () => void) => () => void
}

/** `here`: this tab is heard in sync, turned on at that time. `gone`: the tab that was heard is no more. */
type News = { is: 'here'; turnedOnAtInMs: number } | { is: 'gone' }

/**
 * Lets one tab of a browser be heard in a session, not several: the one that was last turned on. The others play on until it is
 * in sync, so that the music has no gap, and the last one that gave way is heard again when it closes.
 */
export function listenInOneTab({ sessionId, audio, now, onPageHide }: OneTabDeps): { destroy: () => void } {
  const channel = new BroadcastChannel(`whatssound:listening:${sessionId}`)
  let turnedOnAtInMs: number | null = null
  let isHeard = false
  let gaveWay = false
  const tell = (news: News): void => channel.postMessage(news)

  const look = (): void => {
    const { phase, livePhase, isListening } = audio.getSnapshot()
    if (!isListening) {
      turnedOnAtInMs = null
      isHeard = false
      return
    }
    turnedOnAtInMs ??= now()
    gaveWay = false
    if (isHeard || (phase !== 'in_sync' && livePhase !== 'in_sync')) return
    isHeard = true
    tell({ is: 'here', turnedOnAtInMs })
  }

  channel.onmessage = ({ data }: MessageEvent<News>) => {
    if (data.is === 'gone') {
      if (gaveWay) audio.start()
    } else if (turnedOnAtInMs !== null && turnedOnAtInMs < data.turnedOnAtInMs) {
      audio.stop()
      gaveWay = true
    }
  }

  const leave = (): void => {
    if (isHeard) tell({ is: 'gone' })
    isHeard = false
  }

  const unsubscribe = audio.subscribe(look)
  const stopWatching = onPageHide(leave)
  look()
  return {
    destroy: () => {
      leave()
      unsubscribe()
      stopWatching()
      channel.close()
    },
  }
}
