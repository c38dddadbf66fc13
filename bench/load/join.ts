import { setTimeout as delay } from 'node:timers/promises'
import { hintedRetryDelayInMs } from '#lib/domain/retry/retry-delay.ts'
import { errorBodySchema } from '#lib/protocol/errors.ts'
import { type JsonRequest, RefusedRequest, requestJson } from '../request-json.ts'
import type { ReaderSpec } from './dialects/dialect.ts'

/** What a browser sends along with every request of our pages. */
export function asBrowser(port: number, cookie: string): Record<string, string> {
  return { cookie, origin: `http://127.0.0.1:${port}` }
}

/** What the page does before it listens: becomes a member and loads where the session stands. */
export async function join({ port, sessionId }: ReaderSpec, cookie: string): Promise<void> {
  const headers = asBrowser(port, cookie)
  await requestPatiently({
    port,
    path: `/api/sessions/${sessionId}/join`,
    body: { wantsSnapshot: true },
    headers,
  })
}

/** As the page does, comes back later where it is told that there is a crowd. */
async function requestPatiently(asked: JsonRequest): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await requestJson(asked)
      return
    } catch (thrown) {
      const refusal =
        thrown instanceof RefusedRequest ? errorBodySchema.safeParse(thrown.body).data : undefined
      if (refusal?.error.code !== 'crowded') throw thrown
      await delay(hintedRetryDelayInMs(attempt, Math.random, refusal.error.retryAfterInMs))
    }
  }
}
