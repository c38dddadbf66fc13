/** A signal that aborts with a `TimeoutError` when nobody feeds it for so long, and with the caller's own where there is one. */
export function createWatchdog(
  limitInMs: number,
  caller?: AbortSignal,
): {
  signal: AbortSignal
  feed: () => void
  stop: () => void
} {
  const controller = new AbortController()
  const bite = () => controller.abort(new DOMException('no sign of life', 'TimeoutError'))
  let timer = setTimeout(bite, limitInMs)
  const stop = () => clearTimeout(timer)
  return {
    signal: caller ? AbortSignal.any([caller, controller.signal]) : controller.signal,
    feed() {
      stop()
      timer = setTimeout(bite, limitInMs)
    },
    stop,
  }
}
