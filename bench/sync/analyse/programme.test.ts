import { describe, expect, it } from 'vitest'
import type { Timeline } from '#lib/domain/timeline/timeline.ts'
import { changesIn, type Held, piecesOf, programmeOf } from './programme.ts'

const slot = (name: string, startsAtInMs: number, durationInMs = 10_000) => ({
  itemId: name,
  trackId: name,
  durationInMs,
  startsAtInMs,
})
const playing = (
  current: ReturnType<typeof slot>,
  next: ReturnType<typeof slot> | null = null,
): Timeline => ({
  status: 'playing',
  rev: 1,
  current,
  next,
})

describe('piecesOf', () => {
  it('gives the committed next its place without anybody saying so', () => {
    const history: Held[] = [{ fromInMs: 0, timeline: playing(slot('a', 1_000), slot('b', 11_000)) }]
    const pieces = piecesOf(history)
    expect(pieces).toEqual([
      { trackId: 'a', startsAtInMs: 1_000, fromInMs: 1_000, untilInMs: 11_000 },
      { trackId: 'b', startsAtInMs: 11_000, fromInMs: 11_000, untilInMs: 21_000 },
    ])
    expect(changesIn(pieces)).toEqual([11_000])
  })

  it('lets a timeline hold until the next one', () => {
    const history: Held[] = [
      { fromInMs: 0, timeline: playing(slot('a', 1_000), slot('b', 11_000)) },
      { fromInMs: 5_000, timeline: { status: 'paused', rev: 2, current: slot('a', 0), positionInMs: 4_000 } },
      { fromInMs: 7_000, timeline: playing(slot('a', 3_400), slot('b', 13_400)) },
    ]
    expect(piecesOf(history)).toEqual([
      { trackId: 'a', startsAtInMs: 1_000, fromInMs: 1_000, untilInMs: 5_000 },
      { trackId: 'a', startsAtInMs: 3_400, fromInMs: 7_000, untilInMs: 13_400 },
      { trackId: 'b', startsAtInMs: 13_400, fromInMs: 13_400, untilInMs: 23_400 },
    ])
  })

  it('takes a change that was announced anew for one change', () => {
    const history: Held[] = [
      { fromInMs: 0, timeline: playing(slot('a', 1_000), slot('b', 11_000)) },
      { fromInMs: 11_200, timeline: playing(slot('b', 11_000), slot('c', 21_000)) },
    ]
    expect(changesIn(piecesOf(history))).toEqual([11_000, 21_000])
  })
})

describe('programmeOf', () => {
  it('puts the sound of the tracks where the timeline has them', () => {
    const tracks: Record<string, Float32Array> = {
      a: Float32Array.from({ length: 80 }, (_, index) => index),
      b: new Float32Array(80).fill(-1),
    }
    const pieces = piecesOf([{ fromInMs: 0, timeline: playing(slot('a', 100, 10), slot('b', 110, 10)) }])
    const expected = programmeOf(pieces, (trackId) => tracks[trackId] ?? new Float32Array(0))
    const sound = expected(98, 16 * 8)
    expect([...sound.subarray(0, 18)]).toEqual([...Array(16).fill(0), 0, 1])
    expect(sound[(109 - 98) * 8]).toBe(72)
    expect(sound[(110 - 98) * 8]).toBe(-1)
  })
})
