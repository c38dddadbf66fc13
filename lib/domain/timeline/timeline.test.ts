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
  it('lets a next slot that fades in take over at its start', () => {
    const fading: Timeline = { ...playing, next: { ...next, startsAtInMs: 1_054_000, fadeInMs: 6_000 } }
    expect(cueAt(fading, 1_053_999)?.slot.itemId).toBe('i1')
    expect(cueAt(fading, 1_054_000)).toMatchObject({ slot: { itemId: 'i2' }, positionInMs: 0 })
  })
  it('runs on to a pause that is still ahead, and stands still there', () => {
    const paused: Timeline = {
      status: 'paused',
      rev: 4,
      current: slot,
      positionInMs: 777,
      pausedAtInMs: 1_000_777,
    }
    expect([1_000_577, 1_000_777, 9e12].map((at) => cueAt(paused, at)?.positionInMs)).toEqual([577, 777, 777])
  })
  it('goes back in a loop, pass after pass', () => {
    const loop = { startInMs: 10_000, endInMs: 14_000, jumpsAtInMs: 1_014_000 }
    const looping: Timeline = { ...playing, next: null, loop }
    const cues = [1_013_999, 1_014_000, 1_017_999, 1_018_000, 1_054_500].map((at) => cueAt(looping, at))
    expect(cues.map((cue) => cue?.positionInMs)).toEqual([13_999, 10_000, 13_999, 10_000, 10_500])
    expect(cues.map((cue) => cue?.slot.pass)).toEqual([undefined, 1, 1, 2, 11])
    expect(cueAt(looping, 1_000_000 + 3_600_000)).not.toBeNull()
  })
  it('counts the passes of a loop on from those of an earlier one', () => {
    const loop = { startInMs: 10_000, endInMs: 14_000, jumpsAtInMs: 1_014_000 }
    const looping: Timeline = { ...playing, current: { ...slot, pass: 3 }, next: null, loop }
    expect([1_013_999, 1_014_000].map((at) => cueAt(looping, at)?.slot.pass)).toEqual([3, 4])
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
  it.each([
    ['the fade of a next slot is over', 1_054_000, 6_000, 1_060_000],
    ['a next slot cuts it off', 1_030_000, undefined, 1_030_000],
    ['a next slot cuts it off with a fade', 1_030_000, 4_000, 1_034_000],
    ['its music is over before the next starts', 1_061_000, undefined, 1_060_000],
  ])('is when %s', (_, startsAtInMs, fadeInMs, endsAtInMs) => {
    expect(currentEndsAtInMs({ ...playing, next: { ...next, startsAtInMs, fadeInMs } })).toBe(endsAtInMs)
  })
  it('never comes in a loop', () => {
    const loop = { startInMs: 10_000, endInMs: 14_000, jumpsAtInMs: 1_014_000 }
    expect(currentEndsAtInMs({ ...playing, next: null, loop })).toBeNull()
  })
})

describe('newerTimeline', () => {
  it('never goes back to a lower or equal rev', () => {
    const stale: Timeline = { status: 'idle', rev: 3 }
    expect(newerTimeline(playing, stale)).toBe(playing)
    expect(newerTimeline(stale, { ...playing, rev: 4 })).toMatchObject({ rev: 4 })
  })
})
