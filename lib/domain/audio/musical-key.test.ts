import { expect, it } from 'vitest'
import { isMusicalKey, musicalKeys, wheelCode, wheelPosition } from './musical-key.ts'

it.each([
  ['C', '8B'],
  ['Am', '8A'],
  ['G', '9B'],
  ['Em', '9A'],
  ['F', '7B'],
  ['Dm', '7A'],
  ['B', '1B'],
  ['G#m', '1A'],
  ['E', '12B'],
  ['C#m', '12A'],
  ['F#m', '11A'],
  ['Ebm', '2A'],
] as const)('%s is %s on the wheel', (key, code) => {
  expect(wheelCode(key)).toBe(code)
})

it('has a place of its own for each of the 24 keys', () => {
  expect(musicalKeys).toHaveLength(24)
  expect(new Set(musicalKeys.map(wheelCode)).size).toBe(24)
  for (const key of musicalKeys) expect(wheelPosition(key).hour).toBeGreaterThanOrEqual(1)
})

it('knows its own notation only', () => {
  expect(['Am', 'F#m', 'Bb'].every(isMusicalKey)).toBe(true)
  expect(['', 'H', 'am', 'A#', '8A', 'Cmaj'].some(isMusicalKey)).toBe(false)
})
