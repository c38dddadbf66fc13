import { describe, expect, it } from 'vitest'
import { cueAt, currentEndsAtInMs, newerTimeline, type Timeline } from './timeline.ts'

const slot = { itemId: 'i1', trackId: 't1', durationInMs: 60_000, startsAtInMs: 1_000_000 }
const next = { itemId: 'i2', trackId: 't2', durationInMs: 30_000, startsAtInMs: 1_060_000 }
const playing: Timeline = { status: 'playing', rev: 3, current: slot, next }

describe('cueAt', () => {
  it('is silent when idle', () => {
    expect(cueAt({ status: 'idle', rev: 0 }, 5)).toBeNull()
  })
  it('counts up to a start that is still ahead', () => {
    expect(cueAt(playing, 999_500)?.positionInMs).toBe(-500)
  })
  it('moves with server time while playing', () => {
    expect(cueAt(playing, 1_012_345)).toMatchObject({ slot: { itemId: 'i1' }, positionInMs: 12_345 })
  })
  it('changes to the committed next slot without a message', () => {
    expect(cueAt(playing, 1_059_999)?.slot.itemId).toBe('i1')
    expect(cueAt(playing, 1_060_000)).toMatchObject({ slot: { itemId: 'i2' }, positionInMs: 0 })
  })
  it('falls silent after the last slot', () => {
    expect(cueAt(playing, 1_090_000)).toBeNull()
    expect(cueAt({ ...playing, next: null }, 1_060_000)).toBeNull()
  })
  it('stands still while paused', () => {
    expect(cueAt({ status: 'paused', rev: 4, current: slot, positionInMs: 777 }, 9e12)?.positionInMs).toBe(
      777,
    )
  })
})

describe('currentEndsAtInMs', () => {
  it('is the start plus the duration, and unknown unless playing', () => {
    expect(currentEndsAtInMs(playing)).toBe(1_060_000)
    expect(currentEndsAtInMs({ status: 'idle', rev: 0 })).toBeNull()
  })
})

describe('newerTimeline', () => {
  it('never goes back to a lower or equal rev', () => {
    const stale: Timeline = { status: 'idle', rev: 3 }
    expect(newerTimeline(playing, stale)).toBe(playing)
    expect(newerTimeline(stale, { ...playing, rev: 4 })).toMatchObject({ rev: 4 })
  })
})
