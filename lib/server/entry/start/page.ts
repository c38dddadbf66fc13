import { setTimeout as delay } from 'node:timers/promises'

/** Resolves once the page answers. A part that crashes meanwhile is somebody else's concern. */
export async function untilPageAnswers(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const answers = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]) }).then(
      (response) => response.status < 500,
      () => false,
    )
    if (answers) return
    await delay(100)
  }
}
