import { expect, test } from 'vitest'
import { coloursOfBars } from './band-colours.ts'

test('a bar has the colour of the tones that are strongest in it', () => {
  const [low, middle, high] = coloursOfBars('f000f000f', 3)
  expect([low?.lit, middle?.lit, high?.lit]).toEqual([
    'rgb(255 106 85)',
    'rgb(217 245 74)',
    'rgb(122 214 255)',
  ])
  expect(coloursOfBars('ff0', 1)[0]?.lit).toBe('rgb(236 176 80)')
})

test('there are as many colours as bars, whatever the track has, and silence has one too', () => {
  expect(coloursOfBars('f0000f', 4).map(({ lit }) => lit)).toEqual([
    'rgb(255 106 85)',
    'rgb(255 106 85)',
    'rgb(122 214 255)',
    'rgb(122 214 255)',
  ])
  expect(coloursOfBars('000', 2)).toHaveLength(2)
  expect(coloursOfBars('', 1)[0]?.lit).toBe('rgb(217 245 74)')
})
