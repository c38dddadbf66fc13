import { describe, expect, it } from 'vitest'
import { createLoudnessMeter } from './loudness-meter.ts'
import { sine } from './signals.ts'

type Tone = { peakInDbfs: number; durationInMs: number }

/** Plays tones of 1 kHz in both channels, as EBU Tech 3341 describes its signals. */
function integratedOf(tones: Tone[], blockInSamples = 4_096): number | null {
  const meter = createLoudnessMeter()
  for (const tone of tones) {
    const signal = sine({ frequency: 1_000, ...tone })
    for (let i = 0; i < signal.length; i += blockInSamples) {
      const block = signal.subarray(i, i + blockInSamples)
      meter.add(block, block)
    }
  }
  return meter.integratedInLufs()
}

describe('EBU Tech 3341, minimum requirements (±0.1 LU)', () => {
  const cases: { name: string; tones: Tone[]; expected: number }[] = [
    { name: 'case 1', tones: [{ peakInDbfs: -23, durationInMs: 20_000 }], expected: -23 },
    { name: 'case 2', tones: [{ peakInDbfs: -33, durationInMs: 20_000 }], expected: -33 },
    {
      name: 'case 3: the relative gate',
      tones: [
        { peakInDbfs: -36, durationInMs: 10_000 },
        { peakInDbfs: -23, durationInMs: 60_000 },
        { peakInDbfs: -36, durationInMs: 10_000 },
      ],
      expected: -23,
    },
    {
      name: 'case 4: the absolute gate',
      tones: [
        { peakInDbfs: -72, durationInMs: 10_000 },
        { peakInDbfs: -36, durationInMs: 10_000 },
        { peakInDbfs: -23, durationInMs: 60_000 },
        { peakInDbfs: -36, durationInMs: 10_000 },
        { peakInDbfs: -72, durationInMs: 10_000 },
      ],
      expected: -23,
    },
    {
      name: 'case 5: levels inside the gate',
      tones: [
        { peakInDbfs: -26, durationInMs: 20_000 },
        { peakInDbfs: -20, durationInMs: 20_100 },
        { peakInDbfs: -26, durationInMs: 20_000 },
      ],
      expected: -23,
    },
  ]
  it.each(cases)('$name', ({ tones, expected }) => {
    expect(Math.abs((integratedOf(tones) ?? 0) - expected)).toBeLessThanOrEqual(0.1)
  })
})

it('reads -3.01 LUFS for a full-scale sine of 997 Hz in one channel (BS.1770-5, annex 1)', () => {
  const meter = createLoudnessMeter()
  const signal = sine({ frequency: 997, peakInDbfs: 0, durationInMs: 5_000 })
  meter.add(signal, new Float32Array(signal.length))
  expect(meter.integratedInLufs()).toBeCloseTo(-3.01, 1)
})

it('does not depend on how the samples are cut into blocks', () => {
  const tones = [{ peakInDbfs: -20, durationInMs: 2_000 }]
  expect(integratedOf(tones, 777)).toBeCloseTo(integratedOf(tones, 48_000) ?? 0, 9)
})

it('has no loudness for silence nor for less than 400 ms', () => {
  expect(integratedOf([{ peakInDbfs: Number.NEGATIVE_INFINITY, durationInMs: 3_000 }])).toBeNull()
  expect(integratedOf([{ peakInDbfs: -10, durationInMs: 390 }])).toBeNull()
})
