import { jitteredInMs, nextRetryDelayInMs } from '#lib/domain/retry/retry-delay.ts'
import type { CatchUp, Envelope } from '#lib/protocol/envelope.ts'
import { catchUpItemsMax } from '#lib/protocol/envelope.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import type { SessionEvent } from '#lib/protocol/events.ts'
import type { LogTail, News } from './log-tail.ts'

/** Commands that end in the same moment overtake each other: a gap mostly closes by itself. */
const patienceInMs = 100
/** Without an upstream the log is asked this often. */
const aloneIntervalInMs = 2_000
const heldMax = 200

export type LogFollowerDeps = {
  readLog: (after: number | null) => Promise<CatchUp>
  random: () => number
  /** Something new, from wherever; `fromLog` counts the events that had to be read from the log. */
  onNews: (news: News, fromLog: number) => void
  /**
   * The log is known for the first time, or is another one, or went on too far to say how. `events` are its newest ones
   * that were not heard of before; `goesOn` says that they belong to the log that was known.
   */
  onRestart: (events: readonly SessionEvent[], goesOn: boolean) => void
  onFailure: () => void
  /** There is no such session, or no more. */
  onGone: (error: CodedError) => void
}

/** Keeps a `LogTail` up to date: reads what did not arrive by itself, again and again until it could be read. */
export function createLogFollower(tail: LogTail, deps: LogFollowerDeps) {
  let isClosed = false
  let isRunning = false
  let restartNeeded = true
  let readNeeded = true
  let held: Envelope[] = []
  let patienceTimer: ReturnType<typeof setTimeout> | undefined
  let aloneTimer: ReturnType<typeof setTimeout> | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let endRetryWait: (() => void) | undefined

  const take = (envelope: Envelope, isFromLog: boolean): void => {
    const news = tail.take(envelope)
    deps.onNews(news, isFromLog ? news.events.length : 0)
  }

  /** `knownBefore`: up to where the log was known when it was asked; what came meanwhile need not be in the answer. */
  const adopt = (answer: Envelope, knownBefore: number): void => {
    restartNeeded = false
    if (answer.epoch === tail.epoch && answer.from <= tail.seq && knownBefore <= answer.to) {
      take(answer, true)
    } else {
      const goesOn = answer.epoch === tail.epoch
      const unheard = goesOn ? answer.items.filter(({ seq }) => seq > tail.seq) : answer.items
      tail.restart(answer)
      deps.onRestart(unheard, goesOn)
    }
    if (held.length === heldMax) readNeeded = true
    for (const envelope of held) {
      if (envelope.epoch === tail.epoch) take(envelope, false)
      else restartNeeded = true
    }
  }

  const readOnce = async (): Promise<void> => {
    const { announced, seq } = tail
    const after = restartNeeded ? null : seq
    readNeeded = false
    // What arrived before this is in the answer; what arrives meanwhile may not be.
    held = []
    const answer = await deps.readLog(after).catch((error: unknown) => {
      readNeeded = true
      throw error
    })
    if (isClosed) return
    if ('reset' in answer) {
      if (after === null) throw new CodedError('internal')
      restartNeeded = true
    } else if (after === null) {
      adopt(answer, seq)
    } else if (answer.epoch !== tail.epoch) {
      restartNeeded = true
    } else {
      take(answer, true)
      if (answer.items.length >= catchUpItemsMax) readNeeded = true
      else tail.disbelieve(announced)
    }
  }

  const wait = (delayInMs: number): Promise<void> =>
    new Promise((resolve) => {
      endRetryWait = resolve
      retryTimer = setTimeout(resolve, delayInMs)
    })

  const isWanted = () => restartNeeded || readNeeded || tail.isBehind

  const run = async (): Promise<void> => {
    if (isRunning) return
    isRunning = true
    let failures = 0
    while (!isClosed && isWanted()) {
      try {
        await readOnce()
        failures = 0
      } catch (error) {
        if (isClosed) return
        if (error instanceof CodedError && error.code === 'not_found') {
          deps.onGone(error)
          return
        }
        deps.onFailure()
        await wait(nextRetryDelayInMs(failures++, deps.random))
      }
    }
    isRunning = false
  }

  /** Reads the log, whether or not something seems to be missing. */
  const check = (): void => {
    readNeeded = true
    void run()
  }

  const askAlone = (): void => {
    aloneTimer = setTimeout(
      () => {
        check()
        askAlone()
      },
      jitteredInMs(aloneIntervalInMs, deps.random),
    )
  }

  askAlone()
  void run()
  return {
    /** Takes an envelope, in whatever order, once or twice. */
    receive: (envelope: Envelope): void => {
      if (envelope.epoch !== tail.epoch) {
        // Which of two logs is the living one, only the database knows.
        if (held.length < heldMax) held.push(envelope)
        restartNeeded = true
        void run()
        return
      }
      take(envelope, false)
      if (!tail.isBehind || patienceTimer) return
      patienceTimer = setTimeout(() => {
        patienceTimer = undefined
        if (tail.isBehind) void run()
      }, patienceInMs)
    },
    /** The upstream is there: what it brings follows on what is read now. */
    accompanied: (): void => {
      clearTimeout(aloneTimer)
      endRetryWait?.()
      check()
    },
    check,
    /** The upstream is lost. */
    alone: (): void => {
      clearTimeout(aloneTimer)
      askAlone()
    },
    close: (): void => {
      isClosed = true
      clearTimeout(patienceTimer)
      clearTimeout(aloneTimer)
      clearTimeout(retryTimer)
      endRetryWait?.()
    },
  }
}

export type LogFollower = ReturnType<typeof createLogFollower>
