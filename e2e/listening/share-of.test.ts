import { describe, expect, it } from 'vitest'
import { noise } from '../fixtures/noise.ts'
import type { Recording } from './offsets.ts'
import { shareOf } from './share-of.ts'
import { thinOut } from './thin-out.ts'

const sampleRate = 8_000
const first = thinOut(noise(6, 1))
const second = thinOut(noise(6, 2))

/** The last 4 s of the first song, that fade into the second within its seconds 1 to 3. */
const recording: Recording = {
  samples: first.subarray(2 * sampleRate).map((sample, index) => {
    const done = Math.min(1, Math.max(0, index / sampleRate - 1) / 2) * (Math.PI / 2)
    return Math.cos(done) * sample + Math.sin(done) * (second[index] ?? 0)
  }),
  sampleRate,
  anchors: [{ index: 0, atInMs: 1e12 }],
}
const at = (shares: ReturnType<typeof shareOf>, seconds: number) =>
  shares.find(({ atInMs }) => atInMs === 1e12 + seconds * 1_000)?.share

describe('shareOf', () => {
  it('is 1 where a song is alone, and follows it through a crossfade', () => {
    const [going, coming] = [shareOf(first, recording), shareOf(second, recording)]
    expect(at(going, 0.5)).toBeCloseTo(1, 2)
    for (const share of [at(going, 2), at(coming, 2)]) expect(share).toBeGreaterThan(0.6)
    for (const share of [at(going, 2), at(coming, 2)]) expect(share).toBeLessThan(0.8)
    expect(at(going, 3.5)).toBeLessThan(0.3)
    expect(at(coming, 0.5)).toBeLessThan(0.3)
    expect(at(coming, 3.5)).toBeCloseTo(1, 2)
  })

  it('still follows it when a busy machine lost a part of the recording', () => {
    const [until, from] = [0.7, 0.8].map((seconds) => seconds * sampleRate) as [number, number]
    const samples = new Float32Array([
      ...recording.samples.subarray(0, until),
      ...recording.samples.subarray(from),
    ])
    const going = shareOf(first, { ...recording, samples })
    expect(at(going, 0.5)).toBeCloseTo(1, 2)
    expect(at(going, 0.8)).toBeCloseTo(1, 2)
    expect(at(going, 1.9)).toBeGreaterThan(0.6)
  })

  it('knows nothing of a song that is not there', () => {
    expect(shareOf(thinOut(noise(6, 3)), recording)).toEqual([])
  })
})
