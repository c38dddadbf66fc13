import { markedText } from '../load/sighting.ts'
import { monotonicInMs } from '../measure/clock.ts'
import type { Target } from './target.ts'

export type Rates = { chatPerSecond: number; reactionsPerSecond: number; heartbeatEveryMs: number }

export type Sent = { chat: number; reactions: number; heartbeats: number; errors: Map<string, number> }

const words = 'Otra de esas por favor, que aquí no para de bailar nadie! '

/**
 * Sends at fixed instants whatever happens meanwhile, so that a server that stalls is not spared its load, and returns
 * when everything is acknowledged.
 */
export async function sendFor(
  target: Target,
  rates: Rates,
  durationInMs: number,
  signal?: AbortSignal,
): Promise<Sent> {
  const sent: Sent = { chat: 0, reactions: 0, heartbeats: 0, errors: new Map() }
  const underWay = new Set<Promise<void>>()
  const startedAt = performance.now()

  const every = (intervalInMs: number, send: () => Promise<void>, onDone: () => void): Promise<void> => {
    const ended = Promise.withResolvers<void>()
    let next = 0
    const turn = (): void => {
      for (; performance.now() >= startedAt + next * intervalInMs; next++) {
        if (next * intervalInMs >= durationInMs || signal?.aborted) {
          ended.resolve()
          return
        }
        const sending = send()
          .then(onDone, (error: Error) => {
            sent.errors.set(error.message, (sent.errors.get(error.message) ?? 0) + 1)
          })
          .finally(() => underWay.delete(sending))
        underWay.add(sending)
      }
      setTimeout(turn, Math.max(0, startedAt + next * intervalInMs - performance.now()))
    }
    turn()
    return ended.promise
  }

  await Promise.all([
    every(
      1000 / rates.chatPerSecond,
      () => target.sendChat(markedText(monotonicInMs(), words)),
      () => sent.chat++,
    ),
    every(1000 / rates.reactionsPerSecond, target.react, () => sent.reactions++),
    every(rates.heartbeatEveryMs, target.beat, () => sent.heartbeats++),
  ])
  await Promise.all(underWay)
  return sent
}
