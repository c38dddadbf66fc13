import { describe, expect, it } from 'vitest'
import type { Timeline } from '../timeline/timeline.ts'
import { planDecks } from './plan-decks.ts'

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

  it('says when each sounds', () => {
    expect(planDecks(playing, 1_000_000)[1]?.schedule).toEqual({ kind: 'playing', startsAtInMs: 1_060_000 })
  })
})
