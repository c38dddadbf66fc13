import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '../log.ts'

/**
 * Does something again and again, never twice at once and never in the way of anything else: what fails is logged when
 * it begins to fail and when it works again, and is tried at the next turn. Ends with the signal.
 */
export async function repeat(
  { name, intervalInMs, log, signal }: { name: string; intervalInMs: number; log: Log; signal: AbortSignal },
  action: () => Promise<unknown>,
): Promise<void> {
  let isFailing = false
  while (!signal.aborted) {
    try {
      await action()
      if (isFailing) log.info({ task: name }, 'works again')
      isFailing = false
    } catch (err) {
      if (!isFailing && !signal.aborted) log.error({ task: name, err }, 'fails')
      isFailing = true
    }
    await delay(intervalInMs, undefined, { signal }).catch(() => undefined)
  }
}
