import { describe, expect, it } from 'vitest'
import {
  bufferGoalInSeconds,
  firstEstimateInBps,
  isWorthLoadingAgain,
  nearestLevel,
  wantedBitrate,
} from './quality.ts'

describe('firstEstimateInBps', () => {
  it.each([
    ['nothing is known: 128 kbit/s', {}, null, 200_000],
    ['a slow class of network: 64 kbit/s', { effectiveType: '2g' }, null, 60_000],
    ['the fastest class says nothing of its own', { effectiveType: '4g' }, null, 200_000],
    ['what was measured is better than any hint', { effectiveType: '2g' }, 900_000, 900_000],
  ])('%s', (_name, hint, measured, expected) => {
    expect(firstEstimateInBps(hint, measured)).toBe(expected)
  })
})

describe('wantedBitrate', () => {
  it.each([
    ['auto', {}, null],
    ['auto', { saveData: true }, 64_000],
    ['saver', {}, 64_000],
    ['256', { saveData: true }, 256_000],
  ] as const)('%s with %o', (quality, hint, expected) => {
    expect(wantedBitrate(quality, hint)).toBe(expected)
  })
})

describe('nearestLevel', () => {
  it.each([
    ['its own', [66_000, 132_000, 262_000], 128_000, 1],
    ['the best there is, when not all are published yet', [66_000], 256_000, 0],
    ['none', [], 64_000, -1],
  ])('%s', (_name, bitrates, wanted, expected) => {
    expect(nearestLevel(bitrates, wanted)).toBe(expected)
  })
})

it('keeps half a minute of music ahead in every quality, and only a head of what comes next', () => {
  expect(bufferGoalInSeconds(true, 'saver')).toBeGreaterThanOrEqual(30)
  expect(bufferGoalInSeconds(true, 'auto') * 256_000).toBeLessThanOrEqual(2_000_000 * 8)
  expect(bufferGoalInSeconds(false, 'auto')).toBeLessThan(15)
})

it.each([
  ['a good network', 64_000, 2_000_000, true],
  ['one that would hardly carry it', 64_000, 80_000, false],
  ['what the network decides', null, 2_000_000, false],
])('replaces what lies ready over %s: %s of %s bit/s', (_name, wanted, measured, expected) => {
  expect(isWorthLoadingAgain(wanted, measured)).toBe(expected)
})
