import { describe, expect, it } from 'vitest'
import { estimateTempo } from './estimate-tempo.ts'

const sampleRate = 12_000

/** A kick on some of the sixteenths of each bar, and some noise all the time. */
function drums(bpm: number, pattern: string, durationInSeconds = 60): Float32Array {
  const samples = new Float32Array(durationInSeconds * sampleRate)
  let seed = 7
  for (let i = 0; i < samples.length; i++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    const sixteenth = ((i / sampleRate) * bpm * 4) / 60
    const step = Math.floor(sixteenth)
    const sinceInS = ((sixteenth - step) * 60) / (bpm * 4)
    const isHit = pattern[step % pattern.length] === 'x'
    const kick = isHit ? Math.sin(2 * Math.PI * 120 * sinceInS) * Math.exp(-25 * sinceInS) : 0
    samples[i] = 0.6 * kick + 0.02 * (seed / 2 ** 31 - 1)
  }
  return samples
}

describe('the tempo of drums', () => {
  it.each([
    [84, 'x...x...x...x...', 84],
    [98.5, 'x..x..x...x.x...', 98.5],
    [124, 'x...x...x...x...', 124],
    [128, 'x...x...x...x...', 128],
    [140, 'x.....x...x.....', 140],
    [150, 'x...x...x...x...', 150],
    // Counted in the octave from 80 to 160.
    [174, 'x.....x...x.....', 87],
    [70, 'x...x...x...x...', 140],
  ])('of %d is heard', (bpm, pattern, expected) => {
    expect(estimateTempo(drums(bpm, pattern), sampleRate)).toBeCloseTo(expected, 0)
  })
})

it('is heard in quiet music too', () => {
  expect(
    estimateTempo(
      drums(124, 'x...x...x...x...').map((sample) => sample * 0.05),
      sampleRate,
    ),
  ).toBe(124)
})

it('is unknown where there is no beat', () => {
  expect(estimateTempo(new Float32Array(60 * sampleRate), sampleRate)).toBeNull()
  expect(estimateTempo(new Float32Array(0), sampleRate)).toBeNull()
  const swell = Float32Array.from({ length: 30 * sampleRate }, (_, i) =>
    Math.sin((Math.PI * i) / (30 * sampleRate)),
  )
  expect(estimateTempo(swell, sampleRate)).toBeNull()
})
