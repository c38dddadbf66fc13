import { nextRetryDelayInMs } from '#lib/domain/retry/retry-delay.ts'
import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'
import type { JoinedSession } from '#lib/protocol/session-requests.ts'
import type { ConnectionWatch } from './connection-watch.ts'

/** Joins, again until the server could be asked. Gives what it answered; null when it is over before. */
export async function joinPatiently(
  join: () => Promise<JoinedSession>,
  random: () => number,
  isOver: () => boolean,
  connection: Pick<ConnectionWatch, 'follower'>,
): Promise<JoinedSession | { refused: ErrorCode } | null> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await join()
    } catch (thrown) {
      const code = thrown instanceof CodedError ? thrown.code : 'internal'
      if (code !== 'unavailable' && code !== 'rate_limited') return { refused: code }
      connection.follower('failing')
      const retryAfterInMs = thrown instanceof CodedError ? (thrown.retryAfterInMs ?? 0) : 0
      const delayInMs = retryAfterInMs + nextRetryDelayInMs(attempt, random)
      await new Promise((resolve) => setTimeout(resolve, delayInMs))
      if (isOver()) return null
    }
  }
}
