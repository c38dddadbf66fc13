import type { StrikeHistory } from '../history/history.ts'
import { isKill, type KillKind, type Strike } from '../plan/plan-strikes.ts'
import type { Networks } from './networks.ts'

/** Does all that was planned, each at its time from now, and tells when it happened. */
export function strikeAll(
  strikes: readonly Strike[],
  networks: Networks,
  kill: (kind: KillKind) => Promise<void>,
): Promise<StrikeHistory[]> {
  return Promise.all(
    strikes.map(async (strike) => {
      await new Promise((resolve) => setTimeout(resolve, strike.atInMs))
      const struckAtInMs = Date.now()
      await (isKill(strike) ? kill(strike.kind) : networks.strike(strike))
      return {
        kind: strike.kind,
        struckAtInMs,
        healedAtInMs: Date.now(),
        networks: isKill(strike) ? null : strike.networks,
      }
    }),
  )
}
