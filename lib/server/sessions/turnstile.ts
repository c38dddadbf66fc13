import { CodedError } from '#lib/protocol/errors.ts'

export type TurnstileDeps = {
  /** So many are let in at the same time. */
  atOnce: number
  /** Whoever would wait for longer is told to come back. */
  patienceInMs: number
  now?: () => number
}

/** @throws CodedError `crowded`, with the time after which it is worth trying again; and whatever `enter` throws */
export type Turnstile = <T>(gate: string, enter: () => Promise<T>) => Promise<T>

/** Until it was seen how fast a crowd comes in. */
const firstPaceInMs = 20
/** How much of the pace the last one to come in decides. */
const newestShare = 0.1

/**
 * Lets a crowd in by a few at a time, so that whatever else is asked meanwhile finds room. Within a gate it goes by the
 * order of arrival, and the gates take turns: ten thousand at one of them do not keep anybody from another.
 */
export function createTurnstile({
  atOnce,
  patienceInMs,
  now = () => performance.now(),
}: TurnstileDeps): Turnstile {
  // The gate whose turn it is comes first: a Map keeps the order of insertion.
  const waitingByGate = new Map<string, (() => void)[]>()
  let inside = 0
  let paceInMs = firstPaceInMs
  /** When the last one went, as long as somebody was waiting for that. */
  let wentAtInMs: number | null = null

  /** How many are let in before whoever comes to a gate now. */
  const aheadAt = (gate: string): number => {
    const ownTurn = (waitingByGate.get(gate)?.length ?? 0) + 1
    let ahead = ownTurn
    for (const [other, { length }] of waitingByGate) if (other !== gate) ahead += Math.min(length, ownTurn)
    return ahead
  }

  const waitAt = (gate: string): Promise<void> => {
    const waitInMs = aheadAt(gate) * paceInMs
    if (waitInMs > patienceInMs) throw new CodedError('crowded', { retryAfterInMs: Math.ceil(waitInMs) })
    return new Promise((resolve) => {
      const waiting = waitingByGate.get(gate)
      if (waiting) waiting.push(resolve)
      else waitingByGate.set(gate, [resolve])
    })
  }

  const notePace = (): void => {
    const nowInMs = now()
    if (wentAtInMs !== null) paceInMs += newestShare * (nowInMs - wentAtInMs - paceInMs)
    wentAtInMs = waitingByGate.size > 0 ? nowInMs : null
  }

  /** Whoever goes hands their place on. */
  const go = (): void => {
    notePace()
    const [next] = waitingByGate
    if (!next) {
      inside -= 1
      return
    }
    const [gate, [letIn, ...others]] = next
    waitingByGate.delete(gate)
    if (others.length > 0) waitingByGate.set(gate, others)
    letIn?.()
  }

  return async (gate, enter) => {
    if (inside < atOnce) inside += 1
    else await waitAt(gate)
    try {
      return await enter()
    } finally {
      go()
    }
  }
}
