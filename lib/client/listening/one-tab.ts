import type { AudioEngine, AudioSnapshot } from '../audio/audio-engine.ts'

export type OneTabDeps = {
  sessionId: string
  audio: Pick<AudioEngine, 'start' | 'stop' | 'subscribe'> & {
    getSnapshot(): Pick<AudioSnapshot, 'phase' | 'isListening'>
  }
  /** Calls back when the page goes away; gives the unsubscribe. */
  onPageHide: (listener: () => void) => () => void
}

/** `here`: this tab is heard in sync. `gone`: the tab that was heard is no more. */
type News = 'here' | 'gone'

/**
 * Lets one tab of a browser be heard in a session, not several: the one that was last turned on. The others play on until it is
 * in sync, so that the music has no gap, and the last one that gave way is heard again when it closes.
 */
export function listenInOneTab({ sessionId, audio, onPageHide }: OneTabDeps): { destroy: () => void } {
  const channel = new BroadcastChannel(`whatssound:listening:${sessionId}`)
  let isHeard = false
  let gaveWay = false
  const tell = (news: News): void => channel.postMessage(news)

  const look = (): void => {
    const { phase, isListening } = audio.getSnapshot()
    if (!isListening) isHeard = false
    else if (phase === 'in_sync' && !isHeard) {
      isHeard = true
      gaveWay = false
      tell('here')
    }
  }

  channel.onmessage = ({ data }: MessageEvent<News>) => {
    if (data === 'here' && audio.getSnapshot().isListening) {
      gaveWay = true
      isHeard = false
      audio.stop()
    } else if (data === 'gone' && gaveWay) {
      gaveWay = false
      audio.start()
    }
  }

  const leave = (): void => {
    if (isHeard) tell('gone')
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
