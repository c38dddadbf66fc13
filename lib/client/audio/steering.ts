import {
  type Decision,
  type DeviceTraits,
  decideCorrection,
  errorInMs,
  type SyncState,
  startAcquiring,
  startWithSeek,
} from '#lib/domain/sync/correction.ts'

/** The wanted position (media time) at an instant of `now`. */
type WantedAt = (localInMs: number) => number

/** Steers one media element to a wanted position by `decideCorrection`. Positions are media time. */
export type Steering = {
  /** Reads the element, decides and acts; gently while it `isHeard`. */
  step(wantedAt: WantedAt, isHeard?: boolean): void
  /** Moves the playhead to where it is wanted, for a beginning: everything before is known to be elsewhere. */
  begin(wantedAt: WantedAt): void
  /** Forgets what it read: the wanted position, or the element's, has been moved on purpose. */
  restart(): void
  readonly mode: SyncState['mode']
  readonly traits: DeviceTraits
  /** Actual minus wanted position; null while unknown. */
  readonly errorInMs: number | null
  /** How much faster the sound card runs than the server's clock; null until it had time to learn. */
  readonly driftInPpm: number | null
  /** How many seeks and changes of the rate were made so far. */
  readonly corrections: number
}

/** The highest readyState that still lacks data to go on: positions read below it stand still or lie. */
const haveCurrentData = 2

/** So long it must have been held before what it learned says more than where it came from. */
const driftLearnedAfterInMs = 20_000

/** `device` holds what the decks of one device learn together. */
export function createSteering(
  element: HTMLMediaElement,
  device: { traits: DeviceTraits | undefined },
  now: () => number,
): Steering {
  let state: SyncState = startAcquiring(device.traits)
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

  function act({ state: next, action }: Decision, wantedAt: WantedAt): void {
    state = next
    device.traits = { seekLeadInMs: state.seekLeadInMs, driftRate: state.driftRate }
    if (action.kind === 'none') return
    corrections++
    element.playbackRate = state.rate
    if (action.kind === 'seek') {
      element.currentTime = Math.max(0, wantedAt(now()) + action.leadInMs) / 1_000
    }
  }

  return {
    step(wantedAt, isHeard = true) {
      const atInMs = now()
      const positionInMs = readPositionInMs()
      const error = positionInMs === null ? null : positionInMs - wantedAt(atInMs)
      act(decideCorrection(state, { atInMs, errorInMs: error, isHeard }), wantedAt)
    },
    begin(wantedAt) {
      lastPositionInMs = Number.NaN
      act(startWithSeek(device.traits), wantedAt)
    },
    restart() {
      state = startAcquiring(device.traits)
      lastPositionInMs = Number.NaN
      if (element.playbackRate !== 1) element.playbackRate = 1
    },
    get mode() {
      return state.mode
    },
    get traits() {
      return state
    },
    get errorInMs() {
      return errorInMs(state)
    },
    get driftInPpm() {
      const isLearned = state.mode === 'tracking' && now() - state.sinceInMs > driftLearnedAfterInMs
      return isLearned ? -state.driftRate * 1e6 : null
    },
    get corrections() {
      return corrections
    },
  }
}
