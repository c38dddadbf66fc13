import { decideCorrection, errorInMs, type SyncState, startAcquiring } from '#lib/domain/sync/correction.ts'

/** Steers one media element to a wanted position by `decideCorrection`. Positions are media time. */
export type Steering = {
  /** Reads the element, decides and acts. `wantedAt` gives the wanted position at an instant of `now`. */
  step(wantedAt: (localInMs: number) => number): void
  /** Forgets what it read: the wanted position, or the element's, has been moved on purpose. */
  restart(): void
  readonly mode: SyncState['mode']
  readonly seekLeadInMs: number
  /** Actual minus wanted position; null while unknown. */
  readonly errorInMs: number | null
  /** How many seeks and changes of the rate were made so far. */
  readonly corrections: number
}

/** The highest readyState that still lacks data to go on: positions read below it stand still or lie. */
const haveCurrentData = 2

export function createSteering(element: HTMLMediaElement, now: () => number): Steering {
  let state: SyncState = startAcquiring()
  let corrections = 0
  let lastPositionInMs = Number.NaN

  function readPositionInMs(): number | null {
    if (element.paused || element.seeking || element.readyState <= haveCurrentData) return null
    const positionInMs = element.currentTime * 1_000
    // After play and seek the position stands still until sound comes out.
    const hasMoved = positionInMs !== lastPositionInMs
    lastPositionInMs = positionInMs
    return hasMoved ? positionInMs : null
  }

  return {
    step(wantedAt) {
      const atInMs = now()
      const positionInMs = readPositionInMs()
      const error = positionInMs === null ? null : positionInMs - wantedAt(atInMs)
      const { state: next, action } = decideCorrection(state, { atInMs, errorInMs: error })
      state = next
      if (action.kind === 'none') return
      corrections++
      element.playbackRate = state.rate
      if (action.kind === 'seek') {
        element.currentTime = Math.max(0, wantedAt(now()) + action.leadInMs) / 1_000
      }
    },
    restart() {
      state = startAcquiring(state)
      lastPositionInMs = Number.NaN
      if (element.playbackRate !== 1) element.playbackRate = 1
    },
    get mode() {
      return state.mode
    },
    get seekLeadInMs() {
      return state.seekLeadInMs
    },
    get errorInMs() {
      return errorInMs(state)
    },
    get corrections() {
      return corrections
    },
  }
}
