import { type DuckPlan, duckGainAt } from '#lib/domain/sync/duck.ts'
import { rampsOf, untilNextRampStepInMs } from '#lib/domain/sync/ramps.ts'
import { createAlarm } from '../alarm.ts'
import type { Deck } from './deck.ts'

/** Moves the gains of the decks through crossfades and under a voice, in small steps only while something moves. */
export type Mixer = {
  /** Sets all gains for now. To be called whenever the decks have got other passages. */
  mix(): void
  /** The music steps back while somebody talks; null: it does not. */
  duck(plan: DuckPlan | null): void
  destroy(): void
}

/** `playedAtInMs`: the server time at which what leaves the decks now is heard; null while unknown. */
export function createMixer(decks: readonly Deck[], playedAtInMs: () => number | null): Mixer {
  const alarm = createAlarm(mix)
  let duckPlan: DuckPlan | null = null

  function mix(): void {
    const nowInMs = playedAtInMs()
    if (nowInMs === null) return
    const duck = duckGainAt(duckPlan, nowInMs)
    for (const deck of decks) deck.mix(nowInMs, duck)
    const ramps = rampsOf(
      decks.map(({ gain }) => gain),
      duckPlan,
    )
    const waitInMs = untilNextRampStepInMs(ramps, nowInMs)
    // Far ones are waited for by whoever calls; a timer knows no more than 24 days.
    if (waitInMs < 60_000) alarm.set(waitInMs)
    else alarm.clear()
  }

  return {
    mix,
    duck(plan) {
      duckPlan = plan
      mix()
    },
    destroy: alarm.destroy,
  }
}
