import { describe, expect, it } from 'vitest'
import type { Expected } from '../../../e2e/listening/locate.ts'
import type { Recording } from '../../../e2e/listening/offsets.ts'
import { makeNoise } from '../sound/make-sound.ts'
import { gapsIn } from './gaps.ts'

const { heard } = makeNoise('Noise', 6, 3)
const expected: Expected = (fromInMs, count) =>
  Float32Array.from({ length: count }, (_, index) => heard[fromInMs * 8 + index] ?? 0)

/** What a player heard that was silent in [from, until). */
function record(from: number, until: number): Recording {
  const samples = heard.map((sample, index) => (index >= from * 8 && index < until * 8 ? 0 : sample))
  return { samples, sampleRate: 8_000, anchors: [{ index: 0, atInMs: 0 }] }
}

describe('gapsIn', () => {
  it('finds none where music plays', () => {
    expect(gapsIn(record(0, 0), expected, 100, 5_900)).toEqual([])
  })

  it('finds a gap, and how long it was', () => {
    const [gap, ...others] = gapsIn(record(2_000, 2_150), expected, 100, 5_900)
    expect(others).toEqual([])
    expect(gap?.fromInMs).toBeCloseTo(2_000, -2)
    expect(Math.abs((gap?.durationInMs ?? 0) - 150)).toBeLessThanOrEqual(10)
  })

  it('does not count a hole that is as short as a glitch', () => {
    expect(gapsIn(record(2_000, 2_020), expected, 100, 5_900)).toEqual([])
  })

  it('counts a silence that does not end', () => {
    expect(gapsIn(record(3_000, 6_000), expected, 100, 5_000)).toHaveLength(1)
  })

  it('does not ask for music where there is none', () => {
    const quiet: Expected = (fromInMs, count) =>
      expected(fromInMs, count).map((sample, index) => {
        const atInMs = fromInMs + index / 8
        return atInMs >= 2_000 && atInMs < 2_400 ? 0 : sample
      })
    expect(gapsIn(record(1_990, 2_430), quiet, 100, 5_900)).toEqual([])
  })
})
