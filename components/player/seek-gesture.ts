export type SeekGesture = {
  /** The position that is being chosen; null when nobody chooses. */
  aimInMs: () => number | null
  press: () => void
  /** A new value, by pointer or by key. */
  aim: (positionInMs: number) => void
  release: () => void
  destroy: () => void
}

const keysSettleAfterInMs = 400

/** Takes a seek once it is meant: when the pointer lets go, or when the keys have rested for a moment. */
export function createSeekGesture(onSeek: (positionInMs: number) => void): SeekGesture {
  let aimInMs: number | null = null
  let isPressed = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const take = (): void => {
    clearTimeout(timer)
    if (aimInMs === null) return
    const taken = aimInMs
    aimInMs = null
    onSeek(taken)
  }
  return {
    aimInMs: () => aimInMs,
    press: () => {
      isPressed = true
      clearTimeout(timer)
    },
    aim: (positionInMs) => {
      aimInMs = positionInMs
      if (isPressed) return
      clearTimeout(timer)
      timer = setTimeout(take, keysSettleAfterInMs)
    },
    release: () => {
      isPressed = false
      take()
    },
    destroy: () => clearTimeout(timer),
  }
}
