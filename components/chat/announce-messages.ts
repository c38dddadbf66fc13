export type MessageAnnouncer = {
  /** What there is to say, in words. */
  hear: (said: readonly string[]) => void
  destroy: () => void
}

/** Room enough for a screen reader to finish a sentence. */
const pauseInMs = 5_000

/**
 * Reads the chat aloud without drowning the listener: a message on its own at once, what comes in the pause after it
 * as one announcement (a count, if it was several).
 */
export function createMessageAnnouncer(announce: (heard: readonly string[]) => void): MessageAnnouncer {
  let waiting: string[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const speak = (): void => {
    timer = undefined
    if (waiting.length === 0) return
    const heard = waiting
    waiting = []
    announce(heard)
    timer = setTimeout(speak, pauseInMs)
  }
  return {
    hear: (said) => {
      waiting = [...waiting, ...said]
      if (timer === undefined) speak()
    },
    destroy: () => clearTimeout(timer),
  }
}
