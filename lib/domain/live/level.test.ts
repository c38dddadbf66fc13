import { expect, it } from 'vitest'
import { loudestOf, nextLevel, onScale, silence } from './level.ts'

it('jumps up and falls back slowly', () => {
  const loud = nextLevel(silence, 0.5, 0, 16)
  expect(loud.peakInDb).toBeCloseTo(-6.02, 1)
  expect(nextLevel(loud, 0, 500, 500).peakInDb).toBeCloseTo(-18.02, 1)
  expect(nextLevel(loud, 0, 5_000, 5_000).peakInDb).toBe(-Infinity)
})

it('lights up at full scale, for long enough to be seen', () => {
  const clipped = nextLevel(silence, 1, 1_000, 16)
  expect(clipped.isClipping).toBe(true)
  const later = nextLevel(clipped, 0.1, 2_400, 16)
  expect(later.isClipping).toBe(true)
  expect(nextLevel(later, 0.1, 2_600, 16).isClipping).toBe(false)
})

it('knows the loudest sample and its place on the scale', () => {
  expect(loudestOf(Float32Array.of(0.1, -0.75, 0.2))).toBe(0.75)
  expect([onScale(0), onScale(-30), onScale(-60), onScale(-Infinity), onScale(6)]).toEqual([1, 0.5, 0, 0, 1])
})
