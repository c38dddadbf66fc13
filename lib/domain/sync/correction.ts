import { median, type Readings, spread, withReading } from './readings.ts'

/**
 * Decides how to bring a media element to the wanted position and hold it there. Pure: somebody else reads the element
 * and acts. Errors are actual minus wanted position in milliseconds: positive means that the element is ahead.
 *
 * *Acquiring* happens unheard, so it may seek and bend the rate by 15 %. *Tracking* is heard, so it is a slow
 * proportional-integral controller of the rate, below what an ear notices, and the integral learns the drift of the
 * sound card against the server's clock.
 */
export type SyncState = Acquiring | Tracking

/** What holds for the device whatever it plays, and is handed on from one acquisition to the next. */
export type DeviceTraits = {
  /** How far past the wanted position a seek must aim, because it takes time; learned from where seeks land. */
  seekLeadInMs: number
  /** What it takes to follow the clock when the error is 0, as a part of the rate: the integral term. */
  driftRate: number
}

type Acquiring = DeviceTraits & {
  mode: 'acquiring'
  readings: Readings
  rate: number
  seeks: number
  /** Whether the readings are the first since a seek: they tell where it landed. */
  hasJustSeeked: boolean
  /** Until when the rate was bent more than may be heard. */
  bentUntilInMs: number
  /** When the first position was read; null before. */
  sinceInMs: number | null
}

type Tracking = DeviceTraits & {
  mode: 'tracking'
  readings: Readings
  rate: number
  /** Since when it has been heard. */
  sinceInMs: number
}

/**
 * What was read from the element. `errorInMs` is null while its position means nothing (seeking, waiting). `isHeard`: false
 * while what it plays is silent anyway, so that nothing has to be done gently.
 */
export type Observation = { atInMs: number; errorInMs: number | null; isHeard?: boolean }

export type Correction =
  | { kind: 'none' }
  | { kind: 'rate'; rate: number }
  | { kind: 'seek'; leadInMs: number }

export type Decision = { state: SyncState; action: Correction }

const unknownTraits: DeviceTraits = { seekLeadInMs: 80, driftRate: 0 }
const seekLeadMaxInMs = 600
/** A seek that lands further off was held up by something, and says nothing about the next one. */
const seekLandingMaxInMs = 300

const acquiring = {
  readingsNeeded: 4,
  /** So far off needs no second reading: the wanted position, or the element's, was moved on purpose. */
  seekAtOnceAboveInMs: 500,
  /** Errors above it are quicker to seek away; it grows with every seek, for devices where seeks land anywhere. */
  seekAboveInMs: 40,
  seekAboveGrowthInMs: 25,
  /** Good enough to be heard; it grows with time, for devices whose position cannot be read any better. */
  settledBelowInMs: 3,
  settledGrowthPerSecondInMs: 3,
  settledMaxInMs: 15,
  /** The rate aims at closing the error within this time. */
  closeWithinInMs: 200,
  /** A seek that lands 70 ms off, which one does on a busy machine, is made up for in half a second so. */
  rateMax: 0.15,
  /** Readings spread wider than this are not trusted yet; what is tolerated grows, for clocks that never get better. */
  spreadInMs: 8,
  spreadGrowthPerSecondInMs: 10,
}

const tracking = {
  readingsNeeded: 3,
  proportionalPerSecond: { unheard: 2, fresh: 1.5, later: 0.6 },
  /** A fresh element's clock may still move by 10-20 ms in its first seconds: that is not left to be heard for long. */
  freshForInMs: 3_000,
  rateMaxFresh: 0.01,
  /** Slow, so that what is learned is the drift and not the last error: a drift of 100 ppm is 0.2 ms without it. */
  integralPerSecond: 0.03,
  driftRateMax: 0.003,
  /** 8.6 cents: not heard on music. */
  rateMaxWhenClose: 0.005,
  closeInMs: 15,
  rateMaxWhenFar: 0.02,
  /** Unheard it is brought near, not as fast as in acquiring: a fresh element's clock may jump by 30-140 ms in its first seconds. */
  rateMaxUnheard: 0.06,
  reseekAboveUnheardInMs: 40,
  /** A hole in the sound is worse than to be late for the seconds that it takes to catch up. */
  reseekAboveInMs: 120,
  /** Without a readable position for so long, the sound is gone and must be acquired again. */
  lostAfterInMs: 400,
}

/** A new rate takes up to this until it is heard; so long the old one is. */
const rateHeardAfterInMs = 100

/** What begins to be heard within this time is led as if it were: until the next look, and until a new rate is heard. */
export const gentleAheadInMs = 300

/** Rates closer than this to the one in force are not worth setting. */
const rateResolution = 0.0002

/** The state to begin with, and after every deliberate jump of the wanted position. */
export function startAcquiring({ seekLeadInMs, driftRate }: DeviceTraits = unknownTraits): Acquiring {
  return {
    mode: 'acquiring',
    readings: [],
    rate: 1,
    seekLeadInMs,
    driftRate,
    seeks: 0,
    hasJustSeeked: false,
    bentUntilInMs: Number.NEGATIVE_INFINITY,
    sinceInMs: null,
  }
}

/** Begins with a seek, where the error is known to be large before anything was read. */
export function startWithSeek(traits?: DeviceTraits): Decision {
  const state = { ...startAcquiring(traits), seeks: 1, hasJustSeeked: true }
  return { state, action: { kind: 'seek', leadInMs: state.seekLeadInMs } }
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
  const last = state.readings.at(-1)
  const readings = withReading(state.readings, { atInMs, errorInMs }, state.rate)
  const isBent = Math.abs(state.rate - 1) > tracking.rateMaxFresh + rateResolution
  const bentUntilInMs = isBent ? atInMs : state.bentUntilInMs
  const next = { ...state, readings, sinceInMs, bentUntilInMs }
  const isFarOff = Math.abs(errorInMs) > acquiring.seekAtOnceAboveInMs
  if (isFarOff && state.seeks === 0) return seek(next)
  if (readings.length < acquiring.readingsNeeded) return { state: next, action: { kind: 'none' } }

  const error = median(readings)
  const landed = state.hasJustSeeked ? learnLanding(next, error) : next
  if (Math.abs(error) > acquiring.seekAboveInMs + acquiring.seekAboveGrowthInMs * state.seeks) {
    return seek(landed)
  }
  const secondsSince = (atInMs - sinceInMs) / 1_000
  const spreadInMs = acquiring.spreadInMs + acquiring.spreadGrowthPerSecondInMs * secondsSince
  const settledBelowInMs = Math.min(
    acquiring.settledMaxInMs,
    acquiring.settledBelowInMs + acquiring.settledGrowthPerSecondInMs * secondsSince,
  )
  const { rate, seekLeadInMs, driftRate } = landed
  const isClose = Math.abs(error) < settledBelowInMs && spread(readings) < spreadInMs
  if (isClose && atInMs - bentUntilInMs >= rateHeardAfterInMs) {
    const settled: Tracking = { mode: 'tracking', readings, rate, seekLeadInMs, driftRate, sinceInMs: atInMs }
    return withRate(settled, 1 + driftRate)
  }
  // Who is called once a second only must not bend the rate for longer than the error lasts.
  const closeWithinInMs = Math.max(acquiring.closeWithinInMs, last ? 2 * (atInMs - last.atInMs) : 0)
  const rateMax = isClose ? tracking.rateMaxFresh : acquiring.rateMax
  return withRate(landed, 1 + clamp(driftRate - error / closeWithinInMs, rateMax))
}

/** Takes from where a seek landed how far ahead the next one must aim. */
function learnLanding(state: Acquiring, landedOffInMs: number): Acquiring {
  const isPlausible = Math.abs(landedOffInMs) < seekLandingMaxInMs
  const leadInMs = isPlausible ? state.seekLeadInMs - landedOffInMs : state.seekLeadInMs
  const seekLeadInMs = Math.min(seekLeadMaxInMs, Math.max(0, leadInMs))
  return { ...state, seekLeadInMs, hasJustSeeked: false }
}

function seek(state: Acquiring): Decision {
  return {
    state: { ...state, readings: [], rate: 1, seeks: state.seeks + 1, hasJustSeeked: true },
    action: { kind: 'seek', leadInMs: state.seekLeadInMs },
  }
}

function track(state: Tracking, { atInMs, errorInMs, isHeard = true }: Observation): Decision {
  const last = state.readings.at(-1)
  if (errorInMs === null) {
    const isLost = !last || atInMs - last.atInMs > tracking.lostAfterInMs
    return isLost ? lose(state) : { state, action: { kind: 'none' } }
  }
  const readings = withReading(state.readings, { atInMs, errorInMs }, state.rate, tracking.readingsNeeded)
  const error = median(readings)
  const reseekAboveInMs = isHeard ? tracking.reseekAboveInMs : tracking.reseekAboveUnheardInMs
  if (Math.abs(error) > reseekAboveInMs) return startWithSeek(state)

  const errorInSeconds = error / 1_000
  const elapsedInSeconds = last ? Math.min(1_000, atInMs - last.atInMs) / 1_000 : 0
  const isFresh = atInMs - state.sinceInMs < tracking.freshForInMs
  const { unheard, fresh, later } = tracking.proportionalPerSecond
  const heard = isFresh ? fresh : later
  // Who is called once a second only must not overshoot.
  const proportional = Math.min(isHeard ? heard : unheard, later / elapsedInSeconds)
  if (!isHeard) {
    const bend = clamp(proportional * errorInSeconds, tracking.rateMaxUnheard)
    return withRate({ ...state, readings }, 1 + state.driftRate - bend)
  }
  const rateMax = rateMaxFor(error, isFresh)
  const isSaturated = Math.abs(proportional * errorInSeconds) > rateMax
  const learned = isSaturated ? 0 : -tracking.integralPerSecond * errorInSeconds * elapsedInSeconds
  const driftRate = clamp(state.driftRate + learned, tracking.driftRateMax)
  const bend = clamp(driftRate - proportional * errorInSeconds, rateMax)
  return withRate({ ...state, readings, driftRate }, 1 + bend)
}

function rateMaxFor(errorInMs: number, isFresh: boolean): number {
  if (Math.abs(errorInMs) >= tracking.closeInMs) return tracking.rateMaxWhenFar
  return isFresh ? tracking.rateMaxFresh : tracking.rateMaxWhenClose
}

function lose(state: Tracking): Decision {
  return { state: startAcquiring(state), action: { kind: 'rate', rate: 1 } }
}
