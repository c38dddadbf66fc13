import { setTimeout as delay } from 'node:timers/promises'

/** An event, and whether it is still to be taken (0: it was). */
type Pending = { id: string; pending_webhooks: number }
export type RequestOf<E> = (event: E) => { body: string; headers: Record<string, string> }

type DeliveryOptions<E extends Pending> = {
  events: Record<string, E>
  save: () => void
  /** Where they are sent. */
  url: string
  /** The wait before the second attempt; it doubles, to a minute at most. A second when absent. */
  firstRetryInMs?: number | undefined
  requestOf: RequestOf<E>
  isTaken: (status: number) => boolean
}

export type Deliveries = {
  /** Sends an event until it is taken, unless deliveries are held. */
  send: (event: Pending) => void
  /** Stops all sending; what happens from now on waits. */
  hold: () => void
  /** Sends these, one after the other in this order, and goes on holding; without ids all that waits, and holds no more. */
  release: (eventIds?: string[]) => Promise<void>
  /** Sends an event now, once, whatever became of it before; the status of the answer, null where there was none. */
  deliver: (eventId: string) => Promise<number | null>
  /** Resolves when nothing is on its way or waits for another attempt. */
  settled: () => Promise<void>
  stop: () => Promise<void>
}

const mostAttempts = 12
const longestRetryInMs = 60_000
const answersWithinInMs = 10_000

/** Sends events as providers do: until they are taken, and what an earlier run could not deliver. */
export function createDeliveries<E extends Pending>(options: DeliveryOptions<E>): Deliveries {
  const { events, save, url, firstRetryInMs = 1_000, requestOf, isTaken } = options
  const underway = new Map<string, Promise<void>>()
  const ending = new AbortController()
  let sending = new AbortController()

  const deliver = async (eventId: string): Promise<number | null> => {
    const event = events[eventId]
    if (!event) throw new Error(`There is no event ${eventId}.`)
    const { body, headers } = requestOf(event)
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([ending.signal, AbortSignal.timeout(answersWithinInMs)]),
      })
      await response.body?.cancel()
      if (isTaken(response.status)) {
        event.pending_webhooks = 0
        save()
      }
      return response.status
    } catch {
      return null
    }
  }

  const keepTrying = async (event: Pending, { signal }: AbortController): Promise<void> => {
    for (let attempt = 0; attempt < mostAttempts && !signal.aborted; attempt++) {
      await deliver(event.id)
      if (event.pending_webhooks === 0) return
      const waitInMs = Math.min(firstRetryInMs * 2 ** attempt, longestRetryInMs)
      await delay(waitInMs, undefined, { signal }).catch(() => {})
    }
  }

  const send = (event: Pending): void => {
    if (sending.signal.aborted || underway.has(event.id)) return
    underway.set(
      event.id,
      keepTrying(event, sending).finally(() => underway.delete(event.id)),
    )
  }
  const sendAll = (): void => {
    for (const event of Object.values(events)) if (event.pending_webhooks > 0) send(event)
  }
  const settled = async (): Promise<void> => {
    while (underway.size > 0) await Promise.all(underway.values())
  }
  // What an earlier run could not deliver.
  sendAll()

  return {
    send,
    hold: () => sending.abort(),
    release: async (eventIds) => {
      for (const eventId of eventIds ?? []) await deliver(eventId)
      if (eventIds) return
      await settled()
      sending = new AbortController()
      sendAll()
      await settled()
    },
    deliver,
    settled,
    stop: () => {
      sending.abort()
      ending.abort()
      return settled()
    },
  }
}
