import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cueAt, type Loop, type ScheduledSlot, type Timeline } from '../timeline/timeline.ts'
import { gainAt } from './fade.ts'
import { type DeckPlan, keyOf, planDecks } from './plan-decks.ts'

/** Timelines as SQL makes them, and instants around all that happens on them. */
const startsAtInMs = 1_000_000

const slotOf = (itemId: string, durationInMs: number): ScheduledSlot => ({
  itemId,
  trackId: `track of ${itemId}`,
  durationInMs,
  startsAtInMs,
})

const durations = fc.integer({ min: 1_000, max: 400_000 })
const passes = fc.integer({ min: 0, max: 5 })

const followed = fc
  .record({
    currentInMs: durations,
    nextInMs: durations,
    crossfadeInMs: fc.integer({ min: 0, max: 12_000 }),
    /** Where the next slot starts: as committed, cut in earlier by the DJ, or late because it was asked for late. */
    start: fc.oneof(
      fc.constant({ is: 'committed' as const }),
      fc.record({ is: fc.constant('cut in' as const), share: fc.double({ min: 0.5, max: 1, noNaN: true }) }),
      fc.record({ is: fc.constant('late' as const), byInMs: fc.integer({ min: 0, max: 5_000 }) }),
    ),
    pass: passes,
  })
  .map(({ currentInMs, nextInMs, crossfadeInMs, start, pass }): Timeline => {
    const current = slotOf('current', currentInMs)
    const endsAtInMs = startsAtInMs + currentInMs
    const longestInMs = Math.floor(Math.min(crossfadeInMs, currentInMs / 2, nextInMs / 2))
    const nextStartsAtInMs =
      start.is === 'committed'
        ? endsAtInMs - longestInMs
        : start.is === 'cut in'
          ? Math.floor(startsAtInMs + currentInMs * start.share)
          : endsAtInMs + start.byInMs
    const fadeInMs = Math.max(0, Math.min(longestInMs, endsAtInMs - nextStartsAtInMs))
    const next = {
      ...slotOf('next', nextInMs),
      startsAtInMs: nextStartsAtInMs,
      ...(fadeInMs ? { fadeInMs } : {}),
    }
    return { status: 'playing', rev: 1, current: pass ? { ...current, pass } : current, next }
  })

const looping = fc
  .record({
    durationInMs: fc.integer({ min: 4_000, max: 400_000 }),
    start: fc.double({ min: 0, max: 0.4, noNaN: true }),
    end: fc.double({ min: 0.91, max: 1, noNaN: true }),
    lengthsLater: fc.integer({ min: 0, max: 2 }),
    pass: passes,
    fadeInMs: fc.constantFrom(undefined, 1_000),
  })
  .map(({ durationInMs, start, end, lengthsLater, pass, fadeInMs }): Timeline => {
    const region = { startInMs: Math.floor(durationInMs * start), endInMs: Math.floor(durationInMs * end) }
    const lengthInMs = region.endInMs - region.startInMs
    const loop: Loop = { ...region, jumpsAtInMs: startsAtInMs + region.endInMs + lengthsLater * lengthInMs }
    const current = {
      ...slotOf('current', durationInMs),
      ...(pass ? { pass } : {}),
      ...(fadeInMs ? { fadeInMs } : {}),
    }
    return { status: 'playing', rev: 1, current, next: null, loop }
  })

const paused = fc
  .record({ positionInMs: fc.nat(60_000), ahead: fc.boolean(), pass: passes })
  .map(({ positionInMs, ahead, pass }): Timeline => {
    const { startsAtInMs: _, ...slot } = slotOf('current', 60_000)
    const current = pass ? { ...slot, pass } : slot
    const pausedAt = ahead ? { pausedAtInMs: startsAtInMs + 60_000 } : {}
    return { status: 'paused', rev: 1, current, positionInMs, ...pausedAt }
  })

const timelines = fc.oneof(followed, looping, paused)

/** An instant: anywhere, or just beside one at which something happens. */
function instantsOf(timeline: Timeline): fc.Arbitrary<number> {
  const marks = [startsAtInMs]
  if (timeline.status === 'paused') marks.push(timeline.pausedAtInMs ?? 0)
  if (timeline.status === 'playing') {
    const { current, next, loop } = timeline
    marks.push(current.startsAtInMs + current.durationInMs)
    if (next) marks.push(next.startsAtInMs, next.startsAtInMs + (next.fadeInMs ?? 0))
    if (loop) for (const n of [0, 1, 7]) marks.push(loop.jumpsAtInMs + n * (loop.endInMs - loop.startInMs))
  }
  return fc.oneof(
    fc.integer({ min: startsAtInMs - 5_000, max: startsAtInMs + 1_000_000 }),
    fc.tuple(fc.constantFrom(...marks), fc.integer({ min: -300, max: 300 })).map(([mark, off]) => mark + off),
    fc
      .tuple(fc.constantFrom(...marks), fc.double({ min: -13_000, max: 13_000, noNaN: true }))
      .map(([m, o]) => m + o),
  )
}

const moments = timelines.chain((timeline) =>
  fc.tuple(fc.constant(timeline), instantsOf(timeline), instantsOf(timeline)),
)
const gains = (plans: readonly DeckPlan[], nowInMs: number) => plans.map(({ gain }) => gainAt(gain, nowInMs))

describe('whatever the timeline and the instant', () => {
  it('at most two decks are needed, for two passages', () => {
    fc.assert(
      fc.property(moments, ([timeline, nowInMs]) => {
        const keys = planDecks(timeline, nowInMs).map(({ key }) => key)
        expect(keys.length).toBeLessThanOrEqual(2)
        expect(new Set(keys).size).toBe(keys.length)
      }),
      { numRuns: 2_000 },
    )
  })

  it('gains lie between 0 and 1', () => {
    fc.assert(
      fc.property(moments, ([timeline, nowInMs]) => {
        for (const gain of gains(planDecks(timeline, nowInMs), nowInMs)) {
          expect(gain).toBeGreaterThanOrEqual(0)
          expect(gain).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('a passage keeps its schedule and its fades without a new rev, but for the instant of a pause', () => {
    fc.assert(
      fc.property(moments, ([timeline, oneInMs, otherInMs]) => {
        const isBeside = (nowInMs: number) =>
          timeline.status === 'paused' && nowInMs < (timeline.pausedAtInMs ?? Number.NEGATIVE_INFINITY)
        fc.pre(isBeside(oneInMs) === isBeside(otherInMs))
        const others = planDecks(timeline, otherInMs)
        for (const plan of planDecks(timeline, oneInMs)) {
          const same = others.find(({ key }) => key === plan.key)
          if (same) expect(same).toEqual(plan)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('what should be heard has a deck that plays it at the right position', () => {
    fc.assert(
      fc.property(moments, ([timeline, nowInMs]) => {
        const cue = cueAt(timeline, nowInMs)
        if (!cue) return
        const plan = planDecks(timeline, nowInMs).find(({ key }) => key === keyOf(cue.slot))
        expect(plan).toBeDefined()
        if (plan?.schedule.kind === 'held') expect(plan.schedule.positionInMs).toBe(cue.positionInMs)
        else expect(nowInMs - (plan?.schedule.startsAtInMs ?? 0)).toBeCloseTo(cue.positionInMs, 6)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('during a fade the power stays the same', () => {
  const share = fc.double({ min: 0, max: 0.999, noNaN: true })
  const power = (timeline: Timeline, nowInMs: number) =>
    gains(planDecks(timeline, nowInMs), nowInMs).reduce((sum, gain) => sum + gain ** 2, 0)

  it('of a crossfade', () => {
    fc.assert(
      fc.property(followed, share, (timeline, at) => {
        if (timeline.status !== 'playing' || !timeline.next?.fadeInMs) return
        expect(power(timeline, timeline.next.startsAtInMs + at * timeline.next.fadeInMs)).toBeCloseTo(1, 6)
      }),
    )
  })

  it('of a loop that leads back', () => {
    fc.assert(
      fc.property(looping, passes, share, (timeline, pass, at) => {
        if (timeline.status !== 'playing' || !timeline.loop) return
        const { startInMs, endInMs, jumpsAtInMs } = timeline.loop
        const jumpInMs = jumpsAtInMs + pass * (endInMs - startInMs)
        expect(power(timeline, jumpInMs + at * 30)).toBeCloseTo(1, 6)
      }),
    )
  })
})
