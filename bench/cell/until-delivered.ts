import { setTimeout as delay } from 'node:timers/promises'
import type { Load } from '../load/start-load.ts'

const patienceInMs = 15_000

/** The last message may still be on its way; what has not come by then does not come. */
export async function untilDelivered(load: Load, expected: number): Promise<void> {
  const until = performance.now() + patienceInMs
  while (performance.now() < until && (await load.report()).delivered < expected) await delay(100)
}
