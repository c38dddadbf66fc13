import type { Slot, Timeline } from '../timeline/timeline.ts'

/** What one deck has to do: play a slot whose position 0 sounds at an instant, or hold it still at a position. */
export type DeckPlan = { slot: Slot; schedule: Schedule }

export type Schedule = { kind: 'playing'; startsAtInMs: number } | { kind: 'held'; positionInMs: number }

/** A deck may sound a little longer than its slot, so that the very end of the music is not cut off. */
const tailInMs = 200

/**
 * The slots that need a deck at `nowInMs`: at most two, the earlier first. A committed next slot gets its deck at once,
 * to be loaded and running when its time comes.
 */
export function planDecks(timeline: Timeline, nowInMs: number): readonly DeckPlan[] {
  if (timeline.status === 'idle') return []
  if (timeline.status === 'paused') {
    return [{ slot: timeline.current, schedule: { kind: 'held', positionInMs: timeline.positionInMs } }]
  }
  return [timeline.current, timeline.next]
    .filter((slot) => slot !== null)
    .filter((slot) => nowInMs < slot.startsAtInMs + slot.durationInMs + tailInMs)
    .map((slot) => ({ slot, schedule: { kind: 'playing', startsAtInMs: slot.startsAtInMs } }))
}
