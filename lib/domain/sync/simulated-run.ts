import { decideCorrection, gentleAheadInMs, type SyncState, startAcquiring } from './correction.ts'
import { createSimulatedElement, type Device, type SimulatedElement } from './simulated-element.ts'

/** A small generator (mulberry32), so that a failing run can be repeated from its seed. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** `rate` is the one that comes out of the loudspeaker; `isHeard`: in sync, and what it plays is no silence. */
export type Moment = {
  atInMs: number
  errorInMs: number
  mode: SyncState['mode']
  rate: number
  isHeard: boolean
}

export type RunOptions = {
  forInMs: number
  startErrorInMs: number
  /** Until then what it plays is silent: the head of a track, or what waits for its place in a crossfade. */
  silentUntilInMs?: number
  /** Called before every step. */
  disturb?: (atInMs: number, element: SimulatedElement) => void
  /** How far this browser's idea of server time is off at an instant. */
  clockErrorInMs?: (atInMs: number) => number
  /** How long the page's timer waits instead of what was asked for. */
  throttle?: (askedInMs: number) => number
}

const momentEveryInMs = 25

/** Plays a device under the controller, in simulated time. */
export function runSimulation(device: Device, seed: number, options: RunOptions) {
  const {
    clockErrorInMs = () => 0,
    throttle = (askedInMs: number) => askedInMs,
    silentUntilInMs = 0,
  } = options
  const element = createSimulatedElement(device, randomFrom(seed))
  element.seek(options.startErrorInMs)
  let state: SyncState = startAcquiring()
  const moments: Moment[] = []
  let seeks = 0
  let seeksHeard = 0
  for (let now = 0; now < options.forInMs; ) {
    const untilInMs = now + throttle(state.mode === 'acquiring' ? 25 : 200)
    while (now < untilInMs) {
      const stepInMs = Math.min(momentEveryInMs, untilInMs - now)
      element.advance(stepInMs)
      now += stepInMs
      moments.push({
        atInMs: now,
        errorInMs: element.truePositionInMs - now,
        mode: state.mode,
        rate: element.rate,
        isHeard: state.mode === 'tracking' && now > silentUntilInMs,
      })
    }
    options.disturb?.(now, element)
    const wantedInMs = now + clockErrorInMs(now)
    const positionInMs = element.readPositionInMs()
    const errorInMs = positionInMs === null ? null : positionInMs - wantedInMs
    const { state: next, action } = decideCorrection(state, {
      atInMs: now,
      errorInMs,
      isHeard: now > silentUntilInMs - gentleAheadInMs,
    })
    if (action.kind === 'rate') element.setRate(action.rate)
    if (action.kind === 'seek') {
      seeks++
      if (state.mode === 'tracking' && now > silentUntilInMs) seeksHeard++
      element.setRate(next.rate)
      element.seek(wantedInMs + action.leadInMs)
    }
    state = next
  }
  return { moments, seeks, seeksHeard, state }
}

export const firstTrackedInMs = (moments: readonly Moment[]): number =>
  moments.find(({ mode }) => mode === 'tracking')?.atInMs ?? Number.POSITIVE_INFINITY

export const worstErrorInMs = (moments: readonly Moment[]): number =>
  Math.max(0, ...moments.map(({ errorInMs }) => Math.abs(errorInMs)))

/** The largest bend of the rate, without the last digits of its arithmetic. */
export const worstBend = (moments: readonly Moment[]): number =>
  Math.max(0, ...moments.map(({ rate }) => Math.round(Math.abs(rate - 1) * 1e9) / 1e9))
