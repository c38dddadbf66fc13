import { bufferedAheadInMs } from './buffered.ts'

/** A position is within reach when so much from it on is loaded. */
const reachableAheadInMs = 250

/** The network gets so long to load what was asked for before the playhead is moved again. */
const repositionEveryInMs = 3_000

/** Where a playhead aims for whom nothing is loaded: loading takes time, and meanwhile the wanted position moves on. */
export const loadingLeadInMs = 500

/** What was loaded for a playhead that stands still grows old; so far behind it is moved. */
const keepReadyWithinInMs = 8_000

/** Sees to it that what is wanted gets loaded. Positions are media time. */
export function createReach(element: HTMLMediaElement, now: () => number) {
  let movedAtInMs = Number.NEGATIVE_INFINITY

  function move(toInMs: number): void {
    movedAtInMs = now()
    element.currentTime = Math.max(0, toInMs) / 1_000
  }

  return {
    /** Whether it can be played from a position on; of the last moments of a track less is enough. */
    has(positionInMs: number, endInMs: number): boolean {
      const enoughInMs = Math.min(reachableAheadInMs, Math.max(1, endInMs - positionInMs - 200))
      return bufferedAheadInMs(element, positionInMs) >= enoughInMs
    },
    /** Loading has just been asked for: it gets its time. */
    noteLoading(): void {
      movedAtInMs = now()
    },
    /** The wanted position was moved on purpose: no need to wait for what was loading before. */
    forget(): void {
      movedAtInMs = Number.NEGATIVE_INFINITY
    },
    /** Loading goes on from the playhead; where that leads past or too slowly to what is wanted, it is moved. */
    moveCloser(wantedInMs: number): void {
      const positionInMs = element.currentTime * 1_000
      const loadedUntilInMs = positionInMs + bufferedAheadInMs(element, positionInMs)
      const willGetThere =
        positionInMs <= wantedInMs + 2 * loadingLeadInMs && wantedInMs < loadedUntilInMs + 5_000
      const isTooSoon = now() - movedAtInMs < repositionEveryInMs
      if (!willGetThere && !isTooSoon && element.readyState > 0) move(wantedInMs + loadingLeadInMs)
    },
    /** Keeps what is loaded around a position that moves on while nobody listens yet. */
    keepReady(wantedInMs: number): void {
      const behindInMs = Math.abs(wantedInMs - element.currentTime * 1_000)
      if (element.readyState > 0 && behindInMs > keepReadyWithinInMs) move(wantedInMs + loadingLeadInMs)
    },
  }
}
