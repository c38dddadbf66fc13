import { log } from '../log.ts'

/**
 * Has this process end in order, once: when it is asked to, or when the one that started it and holds an IPC channel to
 * it is gone, however suddenly.
 */
export function endInOrder(end: () => Promise<void>): void {
  let isEnding = false
  const endOnce = async () => {
    if (isEnding) return
    isEnding = true
    await end().catch((error) => log.error({ err: error }, 'ending failed'))
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, endOnce)
  process.on('disconnect', endOnce)
}
