import { describe, expect, it } from 'vitest'
import { energyInDb } from './offsets.ts'
import { thinOut } from './thin-out.ts'

const tone = (hertz: number) =>
  Float32Array.from({ length: 48_000 }, (_, index) => Math.sin((2 * Math.PI * hertz * index) / 48_000))
/** What is left of a tone, in decibels. */
const gainInDb = (hertz: number) => energyInDb(thinOut(tone(hertz)).subarray(800)) - energyInDb(tone(hertz))

describe('thinOut', () => {
  it('keeps a second a second', () => {
    expect(thinOut(tone(440))).toHaveLength(8_000)
  })

  it('keeps what the ear listens to, and nothing that would fold into it', () => {
    expect(gainInDb(200)).toBeCloseTo(0, 0)
    // The tap's low-pass is a little resonant.
    expect(Math.abs(gainInDb(1_000))).toBeLessThan(4)
    expect(gainInDb(6_900)).toBeLessThan(-40)
    expect(gainInDb(9_000)).toBeLessThan(-50)
  })
})
