import { expect, it } from 'vitest'
import { createBandMeter } from './band-meter.ts'
import { sine } from './signals.ts'

const tone = (frequency: number) => sine({ frequency, peakInDbfs: -6, durationInMs: 1_000 })

function bandsOf(sounds: Float32Array[], count: number, part?: { from: number; to: number }): string[] {
  const meter = createBandMeter(48_000)
  let to = 0
  for (const sound of sounds) {
    meter.add(sound, sound)
    to += sound.length
  }
  return meter.bands(count, part ?? { from: 0, to }).match(/.{3}/g) ?? []
}

it('tells a bass from a voice from a cymbal', () => {
  expect(bandsOf([tone(60), tone(800), tone(9_000)], 3)).toEqual(['400', '060', '00f'])
})

it('shows two bands that sound together, and silence', () => {
  const cymbal = tone(9_000)
  const both = tone(60).map((sample, i) => sample / 2 + (cymbal[i] ?? 0) / 2)
  expect(bandsOf([both, new Float32Array(48_000)], 2)).toEqual(['40f', '000'])
})

it('measures a part alone', () => {
  expect(bandsOf([tone(60), tone(800)], 4, { from: 57_600, to: 96_000 })).toEqual([
    '0f0',
    '0f0',
    '0f0',
    '0f0',
  ])
})

it('always says something that can be stored', () => {
  expect(bandsOf([], 200)).toEqual(['000'])
  expect(bandsOf([new Float32Array(48_000)], 3)).toEqual(['000', '000', '000'])
})
