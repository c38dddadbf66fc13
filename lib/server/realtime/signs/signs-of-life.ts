import { CodedError } from '#lib/protocol/errors.ts'
import type { Log } from '../../log.ts'
import type { Hub } from '../hub/hub.ts'
import type { HearSigns, Sign } from './hear-signs.ts'

/** Hears that people are still here, and tells who is not. One a process. */
export type SignsOfLife = {
  /**
   * Takes a sign of life.
   * @returns who of the session gave signs and has been silent since
   * @throws CodedError `unavailable` where it could not be taken down, `rate_limited` for whoever is everywhere at once
   */
  note: (sign: Sign) => Promise<readonly string[]>
  close: () => void
}

export type SignsOfLifeDeps = {
  hear: HearSigns
  hub: Pick<Hub, 'sessionIds' | 'takeForSilent'>
  log: Log
  /** Epoch milliseconds. */
  now: () => number
}

const exchangeEveryInMs = 1_000
const lateInMs = 5_000
const patienceInMs = 5_000
/** Tabs with a session each that somebody may have open. */
const sessionsPerPersonMax = 8
/** After an outage of our own everybody seems silent, until each had time for a sign. */
const believedAfterInMs = 10_000

const nobody: ReadonlyMap<string, readonly string[]> = new Map()

/**
 * Gathers signs for a second, takes them down together, and learns at the same time who is silent in the sessions that they
 * are from and in those that the hub follows. The signs of one person may come in anywhere: the database joins the instances.
 */
export function createSignsOfLife({ hear, hub, log, now }: SignsOfLifeDeps): SignsOfLife {
  let gathered = new Map<string, Map<string, Sign>>()
  let answer = Promise.withResolvers<ReadonlyMap<string, readonly string[]>>()
  let isBusy = false
  let steadySinceInMs = now()
  let tickedAtInMs = now()
  let hasFailed = false

  const exchange = async (): Promise<void> => {
    const followed = [...hub.sessionIds()]
    const signs = signsOf(gathered)
    const watched = new Set([...followed, ...signs.map(({ sessionId }) => sessionId)])
    if (isBusy || watched.size === 0) return
    const { promise, resolve, reject } = answer
    gathered = new Map()
    answer = Promise.withResolvers()
    isBusy = true
    // Mostly somebody waits for it, but not always.
    promise.catch(() => {})
    try {
      const silent = await withPatience(hear(signs, [...watched]))
      hasFailed = false
      const isBelieved = now() - steadySinceInMs >= believedAfterInMs
      resolve(isBelieved ? silent : nobody)
      if (isBelieved) for (const id of followed) hub.takeForSilent(id, silent.get(id) ?? [])
    } catch (err) {
      if (!hasFailed) log.warn({ err }, 'could not take down who is here')
      hasFailed = true
      steadySinceInMs = now()
      reject(new CodedError('unavailable', { cause: err }))
    }
    isBusy = false
  }

  const timer = setInterval(() => {
    // This process, or the whole machine, stood still.
    if (now() - tickedAtInMs > lateInMs) steadySinceInMs = now()
    tickedAtInMs = now()
    void exchange()
  }, exchangeEveryInMs)
  timer.unref()

  return {
    note: async (sign) => {
      const { sessionId, userId } = sign
      const ofPerson = gathered.get(userId) ?? new Map()
      if (ofPerson.size === sessionsPerPersonMax && !ofPerson.has(sessionId)) {
        throw new CodedError('rate_limited', { retryAfterInMs: exchangeEveryInMs })
      }
      gathered.set(userId, ofPerson.set(sessionId, sign))
      return (await answer.promise).get(sessionId) ?? []
    },
    close: () => {
      clearInterval(timer)
      answer.promise.catch(() => {})
      answer.reject(new CodedError('unavailable'))
    },
  }
}

function signsOf(gathered: ReadonlyMap<string, ReadonlyMap<string, Sign>>): Sign[] {
  return [...gathered.values()].flatMap((ofPerson) => [...ofPerson.values()])
}

async function withPatience<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new CodedError('unavailable')), patienceInMs)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}
