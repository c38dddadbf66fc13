/** Something that may work at another time: the network, a busy server. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError'
  /** The server's own wish, where it had one. */
  readonly retryAfterInMs: number | undefined

  constructor(message: string, options: { cause?: unknown; retryAfterInMs?: number | undefined } = {}) {
    super(message, { cause: options.cause })
    this.retryAfterInMs = options.retryAfterInMs
  }
}

export type RetryDeps = {
  sleep: (durationInMs: number, signal: AbortSignal) => Promise<void>
  /** From 0 to below 1. */
  random: () => number
}

export const firstDelayInMs = 500
export const longestDelayInMs = 30_000
const attemptsMax = 10

/** Exponential backoff with full jitter (AWS Architecture Blog, "Exponential backoff and jitter", 2015). */
export function nextRetryDelayInMs(failedAttempts: number, random: () => number): number {
  return random() * Math.min(longestDelayInMs, firstDelayInMs * 2 ** failedAttempts)
}

/** Tries until it works, another kind of error comes, or ten attempts are through. */
export async function withRetries<T>(
  { sleep, random }: RetryDeps,
  signal: AbortSignal,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let failed = 1; ; failed++) {
    signal.throwIfAborted()
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof RetryableError) || failed === attemptsMax) throw error
      await sleep(Math.max(nextRetryDelayInMs(failed, random), error.retryAfterInMs ?? 0), signal)
    }
  }
}
