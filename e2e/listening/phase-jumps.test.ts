import { describe, expect, it } from 'vitest'
import { phaseJumps } from './phase-jumps.ts'

const sampleRate = 8_000
const tones = [431, 1_237]

/** Two tones as a player plays them that is at `positionInMs(t)` after t ms. */
function played(seconds: number, positionInMs: (elapsedInMs: number) => number): Float32Array {
  return Float32Array.from({ length: seconds * sampleRate }, (_, index) => {
    const at = positionInMs((index * 1_000) / sampleRate) / 1_000
    return tones.reduce((sum, tone) => sum + 0.2 * Math.sin(2 * Math.PI * tone * at), 0)
  })
}

describe('phaseJumps', () => {
  it('finds none in steady tones, nor with some noise', () => {
    const noisy = played(4, (elapsed) => elapsed).map(
      (sample, index) => sample + 0.004 * Math.sin(index ** 2),
    )
    expect(phaseJumps(noisy, sampleRate, tones)).toEqual([])
  })

  it('finds none where the rate is bent, as far as the controller bends audible sound', () => {
    let position = 0
    const rates = [1, 1.005, 0.995, 1.0002, 0.9951]
    const positions = Float64Array.from({ length: 5 * sampleRate }, (_, index) => {
      position += (1_000 / sampleRate) * (rates[Math.floor(index / sampleRate)] ?? 1)
      return position
    })
    const sound = played(5, (elapsed) => positions[Math.round((elapsed * sampleRate) / 1_000)] ?? 0)
    expect(phaseJumps(sound, sampleRate, tones)).toEqual([])
  })

  it.each([0.15, -0.4, 2.67, -20, 128 / 48])('finds a jump of %d ms, once, where it is', (byInMs) => {
    const jumps = phaseJumps(
      played(3, (elapsed) => elapsed + (elapsed < 1_500 ? 0 : byInMs)),
      sampleRate,
      tones,
    )
    expect(jumps).toHaveLength(1)
    expect(Math.abs((jumps[0]?.atInMs ?? 0) - 1_500)).toBeLessThan(12)
  })

  it('finds a hole of 10 ms', () => {
    const sound = played(3, (elapsed) => elapsed).map((sample, index) =>
      index >= 12_000 && index < 12_080 ? 0 : sample,
    )
    expect(phaseJumps(sound, sampleRate, tones)).toHaveLength(1)
  })

  it('says nothing about silence', () => {
    expect(phaseJumps(new Float32Array(8_000), sampleRate, tones)).toEqual([])
  })
})
