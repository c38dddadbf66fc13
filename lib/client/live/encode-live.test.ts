import { expect, it } from 'vitest'
import { sine } from '#lib/domain/audio/signals.ts'
import { createLiveEncoder, type EncodedSegment } from './encode-live.ts'

it('hands out segments of a second, one after the other, while sound still comes', async () => {
  const inits: Uint8Array[] = []
  const segments: EncodedSegment[] = []
  const encoder = await createLiveEncoder({
    init: (bytes) => inits.push(bytes),
    segment: (segment) => segments.push(segment),
  })
  const block = sine({ frequency: 440, peakInDbfs: -6, durationInMs: 50 })
  for (let i = 0; i < 70; i++) await encoder.add({ left: block, right: block })
  expect(segments.length).toBeGreaterThanOrEqual(2)
  await encoder.finish()

  expect(inits).toHaveLength(1)
  expect(segments.map(({ number }) => number)).toEqual(segments.map((_, i) => i + 1))
  let nextInSamples = 0
  for (const { startInSamples, durationInSamples } of segments) {
    expect(startInSamples).toBe(nextInSamples)
    nextInSamples += durationInSamples
  }
  for (const { durationInSamples } of segments.slice(0, -1))
    expect(Math.abs(durationInSamples - 48_000)).toBeLessThanOrEqual(1_024)
  expect(nextInSamples).toBeGreaterThanOrEqual(70 * 2_400)
})
