import { setTimeout as delay } from 'node:timers/promises'
import { find } from '../refusal.ts'
import { nowInSeconds } from '../state/ids.ts'
import type { FakeEvent, State } from '../state/state.ts'
import { signatureHeader } from './signature.ts'

export type Webhook = {
  /** Where events are sent, those of the platform and those of connected accounts. */
  url: string
  /** Signs the platform's events. */
  secret: string
  /** Signs the events of connected accounts. */
  connectSecret: string
  /** The wait before the second attempt; it doubles, to a minute at most. A second when absent. */
  firstRetryInMs?: number
}

export type Deliveries = {
  /** Sends an event until it is taken, unless deliveries are held. */
  send: (event: FakeEvent) => void
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

/** Sends what is kept and not taken yet, from now on. */
export function createDeliveries(state: State, save: () => void, webhook: Webhook): Deliveries {
  const { firstRetryInMs = 1_000 } = webhook
  const underway = new Map<string, Promise<void>>()
  const ending = new AbortController()
  let sending = new AbortController()

  const deliver = async (eventId: string): Promise<number | null> => {
    const event = find(state.events, eventId, 'event')
    const body = JSON.stringify(event, null, 2)
    const secret = event.account ? webhook.connectSecret : webhook.secret
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'stripe-signature': signatureHeader(body, secret, nowInSeconds()),
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([ending.signal, AbortSignal.timeout(answersWithinInMs)]),
      })
      await response.body?.cancel()
      if (response.ok) {
        event.pending_webhooks = 0
        save()
      }
      return response.status
    } catch {
      return null
    }
  }

  const keepTrying = async (event: FakeEvent, { signal }: AbortController): Promise<void> => {
    for (let attempt = 0; attempt < mostAttempts && !signal.aborted; attempt++) {
      await deliver(event.id)
      if (event.pending_webhooks === 0) return
      const waitInMs = Math.min(firstRetryInMs * 2 ** attempt, longestRetryInMs)
      await delay(waitInMs, undefined, { signal }).catch(() => {})
    }
  }

  const send = (event: FakeEvent): void => {
    if (sending.signal.aborted || underway.has(event.id)) return
    underway.set(
      event.id,
      keepTrying(event, sending).finally(() => underway.delete(event.id)),
    )
  }
  const sendAll = (): void => {
    for (const event of Object.values(state.events)) if (event.pending_webhooks > 0) send(event)
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
