import { describe, expect, it } from 'vitest'
import type { Timeline } from '../timeline/timeline.ts'
import { gainAt } from './fade.ts'
import { planDecks, seamInMs } from './plan-decks.ts'

const current = { itemId: 'i1', trackId: 't1', durationInMs: 60_000, startsAtInMs: 1_000_000 }
const next = { itemId: 'i2', trackId: 't2', durationInMs: 30_000, startsAtInMs: 1_060_000 }
const playing: Timeline = { status: 'playing', rev: 1, current, next }

const itemsAt = (timeline: Timeline, nowInMs: number) =>
  planDecks(timeline, nowInMs).map(({ slot }) => slot.itemId)

describe('planDecks', () => {
  it('needs no deck in silence', () => {
    expect(planDecks({ status: 'idle', rev: 0 }, 0)).toEqual([])
  })

  it('holds a paused track where it was paused', () => {
    const timeline: Timeline = { status: 'paused', rev: 1, current, positionInMs: 777 }
    expect(planDecks(timeline, 5)).toEqual([
      { key: 'i1', slot: current, schedule: { kind: 'held', positionInMs: 777 } },
    ])
  })

  it.each([
    ['before the start', 999_000, ['i1', 'i2']],
    ['a committed next track at once', 1_000_000, ['i1', 'i2']],
    ['the tail of the one and the head of the other', 1_060_100, ['i1', 'i2']],
    ['only the next once the tail is over', 1_060_200, ['i2']],
    ['nothing after the end', 1_090_200, []],
  ])('gives decks to %s', (_name, nowInMs, items) => {
    expect(itemsAt(playing, nowInMs)).toEqual(items)
  })

  it('fades one track into the other, and lets the first go with the fade', () => {
    const fading: Timeline = { ...playing, next: { ...next, startsAtInMs: 1_054_000, fadeInMs: 6_000 } }
    const [first, second] = planDecks(fading, 1_050_000)
    expect(first?.gain).toMatchObject({ outFromInMs: 1_054_000, outUntilInMs: 1_060_000 })
    expect(second?.gain).toMatchObject({ inFromInMs: 1_054_000, inUntilInMs: 1_060_000 })
    expect(itemsAt(fading, 1_059_999)).toEqual(['i1', 'i2'])
    expect(itemsAt(fading, 1_060_000)).toEqual(['i2'])
  })

  it('cuts a track off for everybody at the start of the one that the DJ puts on instead', () => {
    const cut: Timeline = { ...playing, next: { ...next, startsAtInMs: 1_030_000 } }
    const [first, second] = planDecks(cut, 1_029_500)
    expect(first?.gain).toMatchObject({ outFromInMs: 1_030_000, outUntilInMs: 1_030_000 + seamInMs })
    expect(second?.gain).toBeUndefined()
    expect(itemsAt(cut, 1_030_000 + seamInMs)).toEqual(['i2'])
  })

  it('leaves tracks that follow each other by themselves as they are', () => {
    expect(planDecks(playing, 1_050_000).map(({ gain }) => gain)).toEqual([undefined, undefined])
  })

  it('lets the passes of a loop take turns, the next one always ahead', () => {
    const loop = { startInMs: 10_000, endInMs: 14_000, jumpsAtInMs: 1_014_000 }
    const looping: Timeline = { ...playing, next: null, loop }
    const keysAt = (nowInMs: number) => planDecks(looping, nowInMs).map(({ key }) => key)
    expect(keysAt(1_000_000)).toEqual(['i1', 'i1#1'])
    expect(keysAt(1_014_010)).toEqual(['i1', 'i1#1'])
    expect(keysAt(1_014_040)).toEqual(['i1#1', 'i1#2'])
    expect(keysAt(1_018_040)).toEqual(['i1#2', 'i1#3'])
    expect(planDecks(looping, 1_014_040).map(({ schedule }) => schedule)).toEqual([
      { kind: 'playing', startsAtInMs: 1_004_000 },
      { kind: 'playing', startsAtInMs: 1_008_000 },
    ])
  })

  it('goes on with the same passage when a loop is left', () => {
    const left: Timeline = {
      ...playing,
      current: { ...current, startsAtInMs: 1_004_000, pass: 1 },
      next: null,
    }
    expect(planDecks(left, 1_015_000)).toMatchObject([
      { key: 'i1#1', schedule: { kind: 'playing', startsAtInMs: 1_004_000 } },
    ])
  })

  it('plays on until the instant of a pause, and falls silent there', () => {
    const paused: Timeline = {
      status: 'paused',
      rev: 2,
      current,
      positionInMs: 20_000,
      pausedAtInMs: 1_020_000,
    }
    const [plan] = planDecks(paused, 1_019_800)
    expect(plan?.schedule).toEqual({ kind: 'playing', startsAtInMs: 1_000_000 })
    expect(gainAt(plan?.gain, 1_019_900)).toBe(1)
    expect(gainAt(plan?.gain, 1_020_000)).toBe(0)
    expect(planDecks(paused, 1_020_000)[0]?.schedule).toEqual({ kind: 'held', positionInMs: 20_000 })
  })

  it('says when each sounds', () => {
    expect(planDecks(playing, 1_000_000)[1]?.schedule).toEqual({ kind: 'playing', startsAtInMs: 1_060_000 })
  })
})
