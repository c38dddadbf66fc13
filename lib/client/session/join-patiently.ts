import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'
import type { ConnectionWatch } from './connection-watch.ts'
import { nextRetryDelayInMs } from './retry-delay.ts'

/** Joins, again until the server could be asked. Gives the code of a refusal, null when one is in. */
export async function joinPatiently(
  join: () => Promise<void>,
  random: () => number,
  isOver: () => boolean,
  connection: Pick<ConnectionWatch, 'follower'>,
): Promise<ErrorCode | null> {
  for (let attempt = 0; ; attempt++) {
    try {
      await join()
      return null
    } catch (thrown) {
      const code = thrown instanceof CodedError ? thrown.code : 'internal'
      if (code !== 'unavailable' && code !== 'rate_limited') return code
      connection.follower('failing')
      const retryAfterInMs = thrown instanceof CodedError ? (thrown.retryAfterInMs ?? 0) : 0
      const delayInMs = retryAfterInMs + nextRetryDelayInMs(attempt, random)
      await new Promise((resolve) => setTimeout(resolve, delayInMs))
      if (isOver()) return null
    }
  }
}
