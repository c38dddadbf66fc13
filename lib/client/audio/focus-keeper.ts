import { encodeWav } from '#lib/client/calibration/wav.ts'

/**
 * Keeps the page the one that plays while the room is silent. Between two songs and in a pause, a phone with its screen
 * off would take the sound away from a page that plays nothing, give it to another app and put the page to sleep; the
 * next song would not be heard. Silence that plays is playing.
 */
export type FocusKeeper = {
  /** To be called in a gesture, as for every element that shall play later. */
  unlock: () => void
  hold: (isHolding: boolean) => void
  destroy: () => void
}

/** A file long enough to count as music: systems show no controls for a mere sound (Chromium, from 5 s on). */
const silence = { seconds: 10, sampleRate: 8_000 }

export function createFocusKeeper(element: HTMLMediaElement): FocusKeeper {
  let url: string | null = null

  function play(): void {
    if (!url) {
      url = URL.createObjectURL(
        encodeWav(new Int16Array(silence.seconds * silence.sampleRate), silence.sampleRate),
      )
      element.src = url
      element.loop = true
      // It is never heard; softer than anything that is, and not mute, which would not count.
      element.volume = 0.01
    }
    // Where the browser wants a gesture, the music asks for it.
    element.play().catch(() => undefined)
  }

  return {
    unlock() {
      // Before anybody has touched the page there is nothing that could be unlocked, and silence is not made for nothing.
      if (!element.paused || navigator.userActivation?.hasBeenActive === false) return
      play()
      element.pause()
    },
    hold(isHolding) {
      if (isHolding !== element.paused) return
      if (isHolding) play()
      else element.pause()
    },
    destroy() {
      element.pause()
      element.removeAttribute('src')
      if (url) URL.revokeObjectURL(url)
    },
  }
}
