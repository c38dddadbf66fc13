import { expect, it } from 'vitest'
import { createWaveformMeter } from './waveform-meter.ts'

function bucketsOf(signal: Float32Array, count: number, gain = 1): number[] {
  const meter = createWaveformMeter()
  for (let i = 0; i < signal.length; i += 700)
    meter.add(signal.subarray(i, i + 700), signal.subarray(i, i + 700))
  return meter.buckets(count, gain)
}

it('shows where it is loud and where it is silent', () => {
  const signal = new Float32Array(48_000).fill(0.5, 24_000)
  expect(bucketsOf(signal, 4)).toEqual([0, 0, 128, 128])
})

it('keeps a single loud sample, however long the sound', () => {
  const signal = new Float32Array(480_000)
  signal[240_001] = -1
  const buckets = bucketsOf(signal, 600)
  expect(buckets).toHaveLength(600)
  expect(buckets.filter((value) => value === 255)).toHaveLength(1)
})

it('applies the gain and stays within a byte', () => {
  const signal = new Float32Array(9_600).fill(0.6)
  expect(bucketsOf(signal, 2, 0.5)).toEqual([77, 77])
  expect(bucketsOf(signal, 2, 4)).toEqual([255, 255])
})

it('has fewer buckets where there is too little sound', () => {
  expect(bucketsOf(new Float32Array(1_000).fill(0.1), 600)).toHaveLength(3)
})
