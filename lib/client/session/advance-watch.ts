import { currentEndsAtInMs, type Timeline } from '#lib/domain/timeline/timeline.ts'
import type { CommandInput, CommandResult } from './commands.ts'

export type AdvanceWatchDeps = {
  /** Calls back when the timeline changes; gives the unsubscribe. */
  subscribe: (listener: () => void) => () => void
  timeline: () => Timeline | null
  /** Server time by the synchronised clock; null before it is. */
  serverNowInMs: () => number | null
  send: (input: CommandInput) => Promise<CommandResult>
  random: () => number
}

const patienceInMs = 1_000
const spreadInMs = 2_000
const longestWaitInMs = 60_000

/**
 * Moves on a timeline that stands still: asks for it a random 1 to 3 s after the current track ended and nothing was
 * heard, so that of a whole room one asks and the others hear of it first. The server lets exactly one caller win.
 */
export function watchForAdvance(deps: AdvanceWatchDeps): { destroy: () => void } {
  let watchedRev: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const randomPatienceInMs = () => patienceInMs + deps.random() * spreadInMs

  const askLater = (rev: number, delayInMs: number, attempt: number): void => {
    clearTimeout(timer)
    timer = setTimeout(async () => {
      await deps.send({ kind: 'playback.advance', expectedRev: rev })
      // Refused or lost: as long as the timeline stands still, it is asked for again, ever more rarely.
      if (watchedRev === rev)
        askLater(rev, Math.min(longestWaitInMs, randomPatienceInMs() * 2 ** attempt), attempt + 1)
    }, delayInMs)
  }

  const look = (): void => {
    const timeline = deps.timeline()
    const endsAtInMs = timeline && currentEndsAtInMs(timeline)
    const nowInMs = deps.serverNowInMs()
    if (!timeline || endsAtInMs === null) {
      watchedRev = null
      clearTimeout(timer)
    } else if (nowInMs === null) {
      clearTimeout(timer)
      timer = setTimeout(look, patienceInMs)
    } else if (timeline.rev !== watchedRev) {
      watchedRev = timeline.rev
      askLater(timeline.rev, Math.max(0, endsAtInMs - nowInMs) + randomPatienceInMs(), 0)
    }
  }

  const unsubscribe = deps.subscribe(look)
  look()
  return {
    destroy: () => {
      unsubscribe()
      watchedRev = null
      clearTimeout(timer)
    },
  }
}
