import type { DeckPlan } from '#lib/domain/sync/plan-decks.ts'
import type { Track } from '#lib/protocol/tracks.ts'
import { chooseDecks } from './choose-decks.ts'
import type { Deck } from './deck.ts'
import type { Program } from './program.ts'
import { standByProgram } from './stand-by.ts'

export type Deal = {
  plans: readonly DeckPlan[]
  trackById: (trackId: string) => Track | undefined
  /** What may follow and is not committed. */
  upNext: Track | null
  nowInMs: number
}

/** What begins later can wait until the deck that just stopped has been emptied in its own time. */
const urgentWithinInMs = 15_000

/** Gives the decks what they have to play, and what to stand by for. */
export function dealPrograms(decks: readonly Deck[], { plans, trackById, upNext, nowInMs }: Deal): void {
  const programs = plans.flatMap(({ key, slot, schedule, gain }): Program[] => {
    const media = trackById(slot.trackId)
    return media ? [{ key, media, schedule, gain }] : []
  })
  const chosen = chooseDecks(decks, programs).map((program, index) => {
    const mustWait = program && decks[index]?.isCoolingFrom(program) && !isUrgent(program, nowInMs)
    return mustWait ? null : program
  })
  const standBy = standByProgram(decks, chosen, upNext)
  for (const [index, deck] of decks.entries()) deck.assign(chosen[index] ?? standBy?.[index] ?? null)
}

function isUrgent({ schedule }: Program, nowInMs: number): boolean {
  return schedule.kind === 'held' || schedule.startsAtInMs - nowInMs < urgentWithinInMs
}

/** How long plans hold. The moments of a change are news: they should not wait for the next reading. */
export function untilNextNewsInMs(plans: readonly DeckPlan[], nowInMs: number): number {
  const moments = plans.flatMap(({ schedule, gain }) => [
    schedule.kind === 'playing' ? schedule.startsAtInMs : 0,
    gain?.inFromInMs ?? 0,
    gain?.outUntilInMs ?? 0,
  ])
  return Math.min(...moments.map((atInMs) => atInMs - nowInMs).filter((untilInMs) => untilInMs > 0))
}
