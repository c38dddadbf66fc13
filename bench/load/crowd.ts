import { createHistogram } from '../measure/histogram.ts'
import type { ReaderSpec } from './dialects/dialect.ts'
import { join } from './join.ts'
import { createKnownBytes } from './known-bytes.ts'
import { openReader, type Reader } from './reader.ts'
import { giveSigns } from './signs.ts'
import { createTally } from './tally.ts'

/** How the readers came in. */
export type ArrivalReport = {
  open: number
  tookMs: number
  firstFrameP50Ms: number
  firstFrameP95Ms: number
  errors: string[]
}

const keepAliveInMs = 20_000
const patienceInMs = 900_000

/**
 * How soon a process of readers looks for what has arrived. What is timed is read within 2 ms; the many who are only
 * counted read once a second, since on machines of their own they would cost the measured processes nothing.
 */
export const attentions = {
  prompt: { napInMs: 2, wholeShare: 0.2, isTimed: true },
  patient: { napInMs: 1000, wholeShare: 0, isTimed: false },
}
export type Attention = keyof typeof attentions

/** Many readers in this process. */
export function createCrowd(attention: Attention) {
  const { napInMs, wholeShare, isTimed } = attentions[attention]
  const tally = createTally({ isTimed })
  const known = createKnownBytes()
  const readers: Reader[] = []
  const errors = new Map<string, number>()
  let nextToSpeak = 0
  let signs: { close: () => void } | null = null

  const naps = napBetweenReads(attentions.prompt.napInMs)
  const speak = setInterval(() => {
    const share = Math.ceil(readers.length / (keepAliveInMs / 1000))
    for (let i = 0; i < share; i++) readers[nextToSpeak++ % readers.length]?.keepAlive()
  }, 1000)

  /** Opens `count` readers, `atOnce` at a time, and returns when the last is in. */
  const enter = async (spec: ReaderSpec, count: number, atOnce: number): Promise<ArrivalReport> => {
    const arrivals = createHistogram()
    const startedAt = performance.now()
    const allIn = Promise.withResolvers<void>()
    let opened = 0
    let settled = 0
    let begun = 0
    const settle = (): void => {
      if (++settled === count) allIn.resolve()
      void beginNext()
    }
    const beginNext = async (): Promise<void> => {
      if (begun === count) return
      const index = begun++
      const begunAt = performance.now()
      let isSettled = false
      const onOpen = (): void => {
        if (isSettled) return
        isSettled = true
        opened++
        arrivals.add(performance.now() - begunAt)
        settle()
      }
      const onError = (why: string): void => {
        errors.set(why, (errors.get(why) ?? 0) + 1)
        if (isSettled) return
        isSettled = true
        settle()
      }
      try {
        if (spec.cookies) await join(spec, spec.cookies[index] ?? '')
      } catch (error) {
        onError(String(error))
        return
      }
      const isSampled = Math.random() < wholeShare
      readers.push(openReader(spec, index, { tally, known, isSampled, onOpen, onError }))
    }
    for (let i = 0; i < atOnce; i++) void beginNext()
    const timeout = setTimeout(allIn.resolve, patienceInMs)
    await allIn.promise
    clearTimeout(timeout)
    if (spec.signs) {
      const { port, cookies } = spec.signs
      const { sessionId, hereCount = count } = spec
      const present = { port, sessionId, hereCount, cookies: cookies.slice(0, count) }
      signs = giveSigns(present, () => tally.counts.invalid++)
    }
    // While people come in, every process is prompt.
    naps.lastInMs(napInMs)
    return {
      open: opened,
      tookMs: performance.now() - startedAt,
      firstFrameP50Ms: arrivals.percentileInMs(0.5),
      firstFrameP95Ms: arrivals.percentileInMs(0.95),
      errors: [...errors].slice(0, 5).map(([why, times]) => `${times} x ${why}`),
    }
  }

  return {
    enter,
    report: tally.report,
    reset: tally.reset,
    close: () => {
      clearInterval(speak)
      signs?.close()
      for (const reader of readers) reader.close()
    },
  }
}

/**
 * Looks for bytes now and then instead of being woken by each write of a fan-out: on real machines nobody's arrival
 * wakes the server's own processor.
 */
function napBetweenReads(firstInMs: number) {
  const never = new Int32Array(new SharedArrayBuffer(4))
  let napInMs = firstInMs
  const nap = (): void => {
    Atomics.wait(never, 0, 0, napInMs)
    setImmediate(nap)
  }
  nap()
  return {
    lastInMs: (next: number): void => {
      napInMs = next
    },
  }
}
