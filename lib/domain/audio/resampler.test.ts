import { expect, it } from 'vitest'
import { createResampler } from './resampler.ts'
import { sine } from './signals.ts'

function resample(signal: Float32Array, from: number, to: number, blockInSamples: number): Float32Array {
  const resampler = createResampler(from, to)
  const parts: Float32Array[] = []
  for (let i = 0; i < signal.length; i += blockInSamples)
    parts.push(resampler.add(signal.subarray(i, i + blockInSamples)))
  parts.push(resampler.flush())
  return Float32Array.from(parts.flatMap((part) => [...part]))
}

function largestDifference(a: Float32Array, b: Float32Array, margin: number): number {
  let largest = 0
  for (let i = margin; i < a.length - margin; i++)
    largest = Math.max(largest, Math.abs((a[i] ?? 0) - (b[i] ?? 0)))
  return largest
}

it.each([44_100, 32_000, 96_000, 22_050])('keeps a sine in place and shape from %i Hz', (from) => {
  const tone = { frequency: 997, peakInDbfs: -6, durationInMs: 500 }
  const output = resample(sine({ ...tone, sampleRate: from }), from, 48_000, 1_152)
  expect(output).toHaveLength(24_000)
  expect(largestDifference(output, sine(tone), 200)).toBeLessThan(1e-4)
})

it('keeps what would fold back out of the band', () => {
  const output = resample(
    sine({ frequency: 40_000, peakInDbfs: 0, durationInMs: 200, sampleRate: 96_000 }),
    96_000,
    48_000,
    960,
  )
  expect(largestDifference(output, new Float32Array(output.length), 200)).toBeLessThan(1e-3)
})

it('leaves no seam between blocks', () => {
  const signal = sine({ frequency: 3_111, peakInDbfs: -3, durationInMs: 100, sampleRate: 44_100 })
  const whole = resample(signal, 44_100, 48_000, signal.length)
  expect(resample(signal, 44_100, 48_000, 97)).toEqual(whole)
})

it('passes 48 kHz through untouched', () => {
  const signal = sine({ frequency: 440, peakInDbfs: -3, durationInMs: 10 })
  expect(resample(signal, 48_000, 48_000, 100)).toEqual(signal)
})
