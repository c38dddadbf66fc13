import { median, type Readings, spread, withReading } from './readings.ts'

/**
 * Decides how to bring a media element to the wanted position and hold it there. Pure: somebody else reads the element
 * and acts. Errors are actual minus wanted position in milliseconds: positive means that the element is ahead.
 *
 * *Acquiring* happens unheard, so it may seek and bend the rate by 6 %. *Tracking* is heard, so it is a slow
 * proportional-integral controller of the rate, below what an ear notices, and the integral learns the drift of the
 * sound card against the server's clock.
 */
export type SyncState = Acquiring | Tracking

type Acquiring = {
  mode: 'acquiring'
  readings: Readings
  rate: number
  /** How far past the wanted position a seek must aim, because it takes time; learned from where seeks land. */
  seekLeadInMs: number
  seeks: number
  /** When the first position was read; null before. */
  sinceInMs: number | null
}

type Tracking = {
  mode: 'tracking'
  readings: Readings
  rate: number
  seekLeadInMs: number
  /** Since when it has been heard. */
  sinceInMs: number
  /** The integral term, as a part of the rate: what it takes to follow the clock when the error is 0. */
  driftRate: number
}

/** What was read from the element. `errorInMs` is null while its position means nothing (seeking, waiting). */
export type Observation = { atInMs: number; errorInMs: number | null }

export type Correction =
  | { kind: 'none' }
  | { kind: 'rate'; rate: number }
  | { kind: 'seek'; leadInMs: number }

export type Decision = { state: SyncState; action: Correction }

const initialSeekLeadInMs = 60
const seekLeadMaxInMs = 600

const acquiring = {
  readingsNeeded: 4,
  /** Errors above it are quicker to seek away; it grows with every seek, for devices where seeks land anywhere. */
  seekAboveInMs: 50,
  seekAboveGrowthInMs: 25,
  settledBelowInMs: 8,
  /** The rate aims at closing the error within this time. */
  closeWithinInMs: 400,
  rateMax: 0.06,
  /** Readings spread wider than this are not trusted yet; what is tolerated grows, for clocks that never get better. */
  spreadInMs: 12,
  spreadGrowthPerSecondInMs: 10,
}

const tracking = {
  readingsNeeded: 3,
  proportionalPerSecond: 0.6,
  integralPerSecond: 0.1,
  driftRateMax: 0.003,
  /** 8.6 cents: not heard on music. */
  rateMaxWhenClose: 0.005,
  closeInMs: 15,
  rateMaxWhenFar: 0.02,
  /** A fresh element's clock may jump by 30-140 ms in its first seconds; later the same error may be slewed away. */
  freshForInMs: 8_000,
  reseekAboveWhenFreshInMs: 40,
  reseekAboveInMs: 120,
  /** Without a readable position for so long, the sound is gone and must be acquired again. */
  lostAfterInMs: 400,
}

/** Rates closer than this to the one in force are not worth setting. */
const rateResolution = 0.0002

/** The state to begin with, and after every deliberate jump of the wanted position. */
export function startAcquiring(previous?: SyncState): Acquiring {
  const seekLeadInMs = previous?.seekLeadInMs ?? initialSeekLeadInMs
  return { mode: 'acquiring', readings: [], rate: 1, seekLeadInMs, seeks: 0, sinceInMs: null }
}

/** One step of the controller. The caller carries out the action and keeps the state. */
export function decideCorrection(state: SyncState, observation: Observation): Decision {
  return state.mode === 'acquiring' ? acquire(state, observation) : track(state, observation)
}

/** The error as the controller sees it now: the median of what it last read. Null before there is enough. */
export function errorInMs(state: SyncState): number | null {
  return state.readings.length < 3 ? null : median(state.readings)
}

const clamp = (value: number, limit: number) => Math.min(limit, Math.max(-limit, value))

function withRate<S extends SyncState>(state: S, wanted: number): Decision {
  if (Math.abs(wanted - state.rate) < rateResolution) return { state, action: { kind: 'none' } }
  return { state: { ...state, rate: wanted }, action: { kind: 'rate', rate: wanted } }
}

function acquire(state: Acquiring, { atInMs, errorInMs }: Observation): Decision {
  if (errorInMs === null) return { state: { ...state, readings: [] }, action: { kind: 'none' } }
  const sinceInMs = state.sinceInMs ?? atInMs
  const readings = withReading(state.readings, { atInMs, errorInMs }, state.rate)
  const next = { ...state, readings, sinceInMs }
  if (readings.length < acquiring.readingsNeeded) return { state: next, action: { kind: 'none' } }

  const error = median(readings)
  if (Math.abs(error) > acquiring.seekAboveInMs + acquiring.seekAboveGrowthInMs * state.seeks) {
    return seek(next, error)
  }
  const spreadInMs =
    acquiring.spreadInMs + (acquiring.spreadGrowthPerSecondInMs * (atInMs - sinceInMs)) / 1_000
  if (Math.abs(error) < acquiring.settledBelowInMs && spread(readings) < spreadInMs) {
    const { rate, seekLeadInMs } = state
    return withRate({ mode: 'tracking', readings, rate, seekLeadInMs, sinceInMs: atInMs, driftRate: 0 }, 1)
  }
  return withRate(next, 1 - clamp(error / acquiring.closeWithinInMs, acquiring.rateMax))
}

function seek(state: Acquiring, landedOffInMs: number): Decision {
  // Only an error right after a seek, and of a plausible size, says something about the lead.
  const learns = state.seeks > 0 && Math.abs(landedOffInMs) < 500
  const lead = learns ? state.seekLeadInMs - landedOffInMs : state.seekLeadInMs
  const seekLeadInMs = Math.min(seekLeadMaxInMs, Math.max(0, lead))
  return {
    state: { ...state, readings: [], rate: 1, seekLeadInMs, seeks: state.seeks + 1 },
    action: { kind: 'seek', leadInMs: seekLeadInMs },
  }
}

function track(state: Tracking, { atInMs, errorInMs }: Observation): Decision {
  const last = state.readings.at(-1)
  if (errorInMs === null) {
    const isLost = !last || atInMs - last.atInMs > tracking.lostAfterInMs
    return isLost ? lose(state) : { state, action: { kind: 'none' } }
  }
  const readings = withReading(state.readings, { atInMs, errorInMs }, state.rate, tracking.readingsNeeded)
  const error = median(readings)
  const isFresh = atInMs - state.sinceInMs < tracking.freshForInMs
  const reseekAboveInMs = isFresh ? tracking.reseekAboveWhenFreshInMs : tracking.reseekAboveInMs
  if (Math.abs(error) > reseekAboveInMs) return seek(startAcquiring(state), error)

  const elapsedInMs = last ? Math.min(1_000, atInMs - last.atInMs) : 0
  const errorInSeconds = error / 1_000
  const rateMax = Math.abs(error) < tracking.closeInMs ? tracking.rateMaxWhenClose : tracking.rateMaxWhenFar
  const isSaturated = Math.abs(tracking.proportionalPerSecond * errorInSeconds) > rateMax
  const learned = isSaturated ? 0 : -tracking.integralPerSecond * errorInSeconds * (elapsedInMs / 1_000)
  const driftRate = clamp(state.driftRate + learned, tracking.driftRateMax)
  const bend = clamp(driftRate - tracking.proportionalPerSecond * errorInSeconds, rateMax)
  return withRate({ ...state, readings, driftRate }, 1 + bend)
}

function lose(state: Tracking): Decision {
  return { state: startAcquiring(state), action: { kind: 'rate', rate: 1 } }
}
