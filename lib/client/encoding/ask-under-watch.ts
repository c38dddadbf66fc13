import { createWatchdog } from './watchdog.ts'
import type { CallOptions, WorkerCaller } from './worker-call.ts'

/** Far longer than any step takes between two signs of life. */
export const longestStallInMs = 120_000

/**
 * Asks a worker, which shows by its progress that it lives: a parser that seeks for ever, or a disk that does not answer, must
 * not hold up the files behind.
 * @throws DOMException `TimeoutError` where it shows nothing for too long; the worker is ended then
 */
export async function askUnderWatch<R>(
  worker: WorkerCaller<R>,
  request: R,
  options: CallOptions = {},
): Promise<unknown> {
  const watchdog = createWatchdog(longestStallInMs, options.signal)
  try {
    return await worker.call(request, {
      ...options,
      signal: watchdog.signal,
      onProgress: (share) => {
        watchdog.feed()
        options.onProgress?.(share)
      },
    })
  } finally {
    watchdog.stop()
  }
}
