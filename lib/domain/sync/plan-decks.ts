import { passAt, passesAt, type Slot, type Timeline } from '../timeline/timeline.ts'
import type { Gain } from './fade.ts'

/**
 * What one deck has to do: play a slot whose position 0 sounds at an instant, or hold it still at a position. `key` names the
 * passage: what has the same key goes on on the same deck. Without `gain` it is as loud as it is.
 */
export type DeckPlan = { key: string; slot: Slot; schedule: Schedule; gain?: Gain }

export type Schedule = { kind: 'playing'; startsAtInMs: number } | { kind: 'held'; positionInMs: number }

type Playing = Extract<Timeline, { status: 'playing' }>
type Paused = Extract<Timeline, { status: 'paused' }>

/** A deck may sound a little longer than its slot, so that the very end of the music is not cut off. */
const tailInMs = 200

/** Where music is cut off it fades out this quickly, so that nothing clicks. */
export const seamInMs = 30

/**
 * The passages that need a deck at `nowInMs`: at most two, the earlier first. A committed next slot, and the next pass of a
 * loop, get their deck ahead, to be loaded and running when their time comes.
 */
export function planDecks(timeline: Timeline, nowInMs: number): readonly DeckPlan[] {
  if (timeline.status === 'idle') return []
  if (timeline.status === 'paused') return [planPaused(timeline, nowInMs)]
  return timeline.loop ? planLoop(timeline, timeline.loop, nowInMs) : planSlots(timeline, nowInMs)
}

/** Until its committed instant a pause is still ahead, and the music plays. */
function planPaused({ current, positionInMs, pausedAtInMs }: Paused, nowInMs: number): DeckPlan {
  if (pausedAtInMs === undefined || nowInMs >= pausedAtInMs) {
    return { key: keyOf(current), slot: current, schedule: { kind: 'held', positionInMs } }
  }
  const startsAtInMs = pausedAtInMs - positionInMs
  return plan(current, startsAtInMs, { fromInMs: pausedAtInMs - seamInMs, untilInMs: pausedAtInMs })
}

function planSlots({ current, next }: Playing, nowInMs: number): DeckPlan[] {
  const endsAtInMs = current.startsAtInMs + current.durationInMs
  const out = next ? fadeOutFor(next, endsAtInMs) : null
  const plans: DeckPlan[] = []
  if (nowInMs < (out?.untilInMs ?? endsAtInMs + tailInMs))
    plans.push(plan(current, current.startsAtInMs, out))
  if (next && nowInMs < next.startsAtInMs + next.durationInMs + tailInMs)
    plans.push(plan(next, next.startsAtInMs, null))
  return plans
}

type Fade = { fromInMs: number; untilInMs: number }

/** Music that ends by itself just as the next slot starts is left alone. */
function fadeOutFor(next: { startsAtInMs: number; fadeInMs?: number }, endsAtInMs: number) {
  const fadeInMs = next.fadeInMs ?? 0
  const isCutOff = next.startsAtInMs < endsAtInMs
  if (!isCutOff) return null
  return { fromInMs: next.startsAtInMs, untilInMs: next.startsAtInMs + (fadeInMs || seamInMs) }
}

function planLoop({ current }: Playing, loop: NonNullable<Playing['loop']>, nowInMs: number): DeckPlan[] {
  const lengthInMs = loop.endInMs - loop.startInMs
  const passes = passesAt(loop, nowInMs)
  const beganAtInMs = loop.jumpsAtInMs + (passes - 1) * lengthInMs
  const isAtSeam = passes > 0 && nowInMs < beganAtInMs + seamInMs
  const first = isAtSeam ? passes - 1 : passes
  return [first, first + 1].map((pass) => {
    const slot = passAt(current, loop, pass)
    const jumpsAtInMs = loop.jumpsAtInMs + pass * lengthInMs
    const begunAtInMs = jumpsAtInMs - lengthInMs
    const fadeIn = pass > 0 ? { fromInMs: begunAtInMs, untilInMs: begunAtInMs + seamInMs } : undefined
    return plan(slot, slot.startsAtInMs, { fromInMs: jumpsAtInMs, untilInMs: jumpsAtInMs + seamInMs }, fadeIn)
  })
}

function plan(
  slot: Slot,
  startsAtInMs: number,
  out: Fade | null,
  fadeIn = ownFadeIn(slot, startsAtInMs),
): DeckPlan {
  const base: DeckPlan = { key: keyOf(slot), slot, schedule: { kind: 'playing', startsAtInMs } }
  if (!fadeIn && !out) return base
  const gain = {
    inFromInMs: fadeIn?.fromInMs ?? Number.NEGATIVE_INFINITY,
    inUntilInMs: fadeIn?.untilInMs ?? Number.NEGATIVE_INFINITY,
    outFromInMs: out?.fromInMs ?? Number.POSITIVE_INFINITY,
    outUntilInMs: out?.untilInMs ?? Number.POSITIVE_INFINITY,
  }
  return { ...base, gain }
}

function ownFadeIn({ fadeInMs }: Slot, startsAtInMs: number): Fade | undefined {
  return fadeInMs ? { fromInMs: startsAtInMs, untilInMs: startsAtInMs + fadeInMs } : undefined
}

/** The name of a slot's passage. */
export function keyOf({ itemId, pass }: Slot): string {
  return pass ? `${itemId}#${pass}` : itemId
}
