/**
 * Keeps the screen on while the page is looked at; gives what lets go. Browsers take the lock back when the page is
 * hidden, so it is asked for again each time. One that has no such lock, or no battery to spare, refuses: then the screen
 * goes off as it always did.
 */
export function keepScreenOn(): () => void {
  let lock: WakeLockSentinel | null = null
  let isReleased = false

  const ask = async (): Promise<void> => {
    if (document.visibilityState !== 'visible') return
    try {
      const granted = await navigator.wakeLock.request('screen')
      if (isReleased) await granted.release()
      else lock = granted
    } catch {
      // Refused.
    }
  }

  if ('wakeLock' in navigator) {
    document.addEventListener('visibilitychange', ask)
    void ask()
  }
  return () => {
    isReleased = true
    document.removeEventListener('visibilitychange', ask)
    lock?.release().catch(() => undefined)
  }
}
