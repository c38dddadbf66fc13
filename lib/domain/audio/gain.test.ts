import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decideGainInDb, fromDb, highestPeakInDbtp, targetInLufs, toDb } from './gain.ts'

it('turns a loud master down to the target', () => {
  expect(decideGainInDb({ integratedInLufs: -8, truePeak: 1.05 })).toBeCloseTo(-6)
})

it('turns a quiet source up to the target where its peaks allow it', () => {
  expect(decideGainInDb({ integratedInLufs: -20, truePeak: fromDb(-10) })).toBeCloseTo(6)
})

it('stops at the peak: dynamic music stays below the target rather than clip', () => {
  expect(decideGainInDb({ integratedInLufs: -22, truePeak: fromDb(-3) })).toBeCloseTo(2)
})

it('leaves silence alone', () => {
  expect(decideGainInDb({ integratedInLufs: null, truePeak: 0 })).toBe(0)
})

it('never clips and never passes the target, whatever the source', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -69, max: 5, noNaN: true }),
      fc.double({ min: 1e-4, max: 8, noNaN: true }),
      (lufs, peak) => {
        const gain = decideGainInDb({ integratedInLufs: lufs, truePeak: peak })
        expect(toDb(peak) + gain).toBeLessThanOrEqual(highestPeakInDbtp + 1e-9)
        expect(lufs + gain).toBeLessThanOrEqual(targetInLufs + 1e-9)
      },
    ),
  )
})
