/** The music steps back to `gain` (0 to 1) while somebody talks over it, in server time. */
export type DuckPlan = { fromInMs: number; untilInMs: number; gain: number }

/** How long the music takes to step back, and to return after `untilInMs`. */
export const duckRampInMs = 250

/** How loud the music is at `serverNowInMs`, from 0 to 1. */
export function duckGainAt(plan: DuckPlan | null, serverNowInMs: number): number {
  if (!plan) return 1
  const { fromInMs, untilInMs, gain } = plan
  const stepped = clamp01((serverNowInMs - fromInMs) / duckRampInMs)
  const returned = clamp01((serverNowInMs - untilInMs) / duckRampInMs)
  return 1 - (1 - gain) * Math.min(stepped, 1 - returned)
}

const clamp01 = (value: number) => Math.min(1, Math.max(0, value))
