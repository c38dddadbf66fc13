import { type DuckPlan, duckRampInMs } from './duck.ts'
import type { Gain } from './fade.ts'

/** A stretch of server time in which a gain moves. */
export type Ramp = { fromInMs: number; untilInMs: number }

/** How often a gain is set anew while it moves; a short ramp gets its steps too. */
const step = { longestInMs: 25, shortestInMs: 6, perRamp: 5 }

/** When gains move, in server time. */
export function rampsOf(gains: readonly (Gain | undefined)[], duck: DuckPlan | null): readonly Ramp[] {
  const fades = gains.flatMap((gain) =>
    gain
      ? [
          { fromInMs: gain.inFromInMs, untilInMs: gain.inUntilInMs },
          { fromInMs: gain.outFromInMs, untilInMs: gain.outUntilInMs },
        ]
      : [],
  )
  const ducks = duck
    ? [duck.fromInMs, duck.untilInMs].map((fromInMs) => ({ fromInMs, untilInMs: fromInMs + duckRampInMs }))
    : []
  return [...fades, ...ducks]
}

/** In how many milliseconds the gains have to be looked at again; infinite when nothing moves any more. */
export function untilNextRampStepInMs(ramps: readonly Ramp[], serverNowInMs: number): number {
  const waits = ramps.map(({ fromInMs, untilInMs }) => {
    if (serverNowInMs < fromInMs) return fromInMs - serverNowInMs
    const stepInMs = Math.min(
      step.longestInMs,
      Math.max(step.shortestInMs, (untilInMs - fromInMs) / step.perRamp),
    )
    return serverNowInMs < untilInMs
      ? Math.min(stepInMs, untilInMs - serverNowInMs)
      : Number.POSITIVE_INFINITY
  })
  return Math.min(...waits)
}
