/** What became of one message to one device. */
export type Outcome =
  /** Its push service took it; a ticket asks Expo later what became of it. */
  | { kind: 'sent'; ticket?: string }
  /** The device is no more, or cannot be sent to. */
  | { kind: 'gone' }
  /** Another attempt may help, not before the service said so. */
  | { kind: 'later'; notBeforeInMs?: number }
  /** No attempt will help, and the device is not to blame. */
  | { kind: 'refused'; why: string }

/** A push service takes seconds where it takes long; claims last a minute. */
export const requestTimeoutInMs = 10_000

/** What an HTTP status means for a message (RFC 8030, 7.3 and 8.4); null where the body says it. */
export function outcomeOfFailure(response: Response): Outcome | null {
  const { status } = response
  if (response.ok) return null
  if (status === 404 || status === 410) return { kind: 'gone' }
  if (status === 408 || status === 429 || status >= 500) {
    const notBeforeInMs = readRetryAfterInMs(response.headers.get('retry-after'), Date.now())
    return { kind: 'later', ...(notBeforeInMs === undefined ? {} : { notBeforeInMs }) }
  }
  return { kind: 'refused', why: `HTTP ${status}` }
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3); undefined where it says nothing. */
function readRetryAfterInMs(value: string | null, nowInMs: number): number | undefined {
  if (!value) return undefined
  const delayInMs = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - nowInMs
  return Number.isFinite(delayInMs) ? Math.max(0, delayInMs) : undefined
}
