import { expect, it } from 'vitest'
import { toDb } from './gain.ts'
import { sine } from './signals.ts'
import { createTruePeakMeter } from './true-peak-meter.ts'

/** A tone that begins at once has a true overshoot of its own, so this one fades in and out over 20 ms. */
function faded(signal: Float32Array): Float32Array {
  return signal.map((sample, i) => sample * Math.min(1, i / 960, (signal.length - i) / 960))
}

function truePeakInDbtp(signal: Float32Array): number {
  const meter = createTruePeakMeter()
  for (let i = 0; i < signal.length; i += 1_000) {
    const block = signal.subarray(i, i + 1_000)
    meter.add(block, new Float32Array(block.length))
  }
  return toDb(meter.peak())
}

// The signals of EBU Tech 3341 whose peaks lie between the samples; allowed are +0.2 and -0.4 dB.
it.each([
  { name: 'case 15', frequency: 12_000, phaseInDegrees: 0 },
  { name: 'case 16', frequency: 12_000, phaseInDegrees: 45 },
  { name: 'case 17', frequency: 8_000, phaseInDegrees: 60 },
  { name: 'case 18', frequency: 6_000, phaseInDegrees: 67.5 },
])('finds the peak between the samples, Tech 3341 $name', ({ frequency, phaseInDegrees }) => {
  const peak = truePeakInDbtp(
    faded(sine({ frequency, phaseInDegrees, peakInDbfs: -6.02, durationInMs: 500 })),
  )
  expect(peak).toBeLessThanOrEqual(-6.02 + 0.2)
  expect(peak).toBeGreaterThanOrEqual(-6.02 - 0.4)
})

it('finds a peak that straddles two blocks', () => {
  const straddling = new Float32Array(2_000)
  straddling[999] = 0.9
  straddling[1_000] = 0.9
  expect(truePeakInDbtp(straddling)).toBeGreaterThan(toDb(1))
})

it('is never below the highest sample', () => {
  const impulse = new Float32Array(5_000)
  impulse[4_999] = -0.8
  expect(truePeakInDbtp(impulse)).toBeGreaterThanOrEqual(toDb(0.8) - 1e-6)
})
