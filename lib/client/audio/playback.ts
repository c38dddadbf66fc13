import type { Loudness } from './loudness.ts'

/** Whether an element plays or stands still, and who wanted it so. */
export type Playback = {
  /** Plays as soon as the element can. */
  play(): void
  /** Fades out, then stands still. */
  rest(): void
  /** Stands still at once. */
  stop(): void
  /** To be called in a gesture: an iPhone lets an element play by itself only after it was once played in one. */
  unlock(): void
  /** Whether it was told to play and does. */
  readonly isPlaying: boolean
  destroy(): void
}

export const fadeOutInMs = 60

export function createPlayback(
  element: HTMLMediaElement,
  loudness: Loudness,
  on: {
    /** The browser wants a gesture before it plays. */
    refused: () => void
    /** Something else paused the element: a headset was unplugged, a call came in. */
    pausedFromOutside: () => void
  },
): Playback {
  let isWanted = false
  let isPending = false
  let restTimer: ReturnType<typeof setTimeout> | undefined

  function noteRefusal(error: unknown): void {
    if (error instanceof DOMException && error.name === 'NotAllowedError') on.refused()
  }

  function onPause(): void {
    if (isWanted && element.paused && !element.ended && !element.error) on.pausedFromOutside()
  }
  element.addEventListener('pause', onPause)

  /** A browser that freezes a page pauses its elements, and tells of it only when the page runs again. */
  function onResume(): void {
    if (isWanted && element.paused && !element.ended) play()
  }
  globalThis.document?.addEventListener('resume', onResume)

  function play(): void {
    isWanted = true
    clearTimeout(restTimer)
    if (!element.paused || isPending) return
    isPending = true
    element
      .play()
      .catch(noteRefusal)
      .finally(() => {
        isPending = false
      })
  }

  function stop(): void {
    clearTimeout(restTimer)
    isWanted = false
    loudness.setAudible(false)
    element.pause()
  }

  return {
    get isPlaying() {
      return isWanted && !element.paused
    },
    play,
    rest() {
      if (!isWanted) return
      isWanted = false
      loudness.setAudible(false)
      clearTimeout(restTimer)
      restTimer = setTimeout(stop, fadeOutInMs)
    },
    stop,
    unlock() {
      if (!element.paused) return
      element.play().catch(noteRefusal)
      element.pause()
    },
    destroy() {
      stop()
      element.removeEventListener('pause', onPause)
      globalThis.document?.removeEventListener('resume', onResume)
    },
  }
}
