import { hintedRetryDelayInMs } from '#lib/domain/retry/retry-delay.ts'
import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'
import type { ConnectionWatch } from './connection-watch.ts'

const passingCodes: ReadonlySet<ErrorCode> = new Set(['unavailable', 'crowded', 'rate_limited'])

/** Joins, again until the server could be asked and had room. Gives what it answered; null when it is over before. */
export async function joinPatiently<Joined extends object>(
  join: () => Promise<Joined>,
  random: () => number,
  isOver: () => boolean,
  connection: Pick<ConnectionWatch, 'follower'>,
): Promise<Joined | { refused: ErrorCode } | null> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await join()
    } catch (thrown) {
      const { code, retryAfterInMs } = thrown instanceof CodedError ? thrown : new CodedError('internal')
      if (!passingCodes.has(code)) return { refused: code }
      connection.follower('failing')
      const delayInMs = hintedRetryDelayInMs(attempt, random, retryAfterInMs)
      await new Promise((resolve) => setTimeout(resolve, delayInMs))
      if (isOver()) return null
    }
  }
}
