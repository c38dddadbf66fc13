import { describe, expect, it } from 'vitest'
import { noise } from '../fixtures/noise.ts'
import type { Recording } from './offsets.ts'
import { thinOut } from './thin-out.ts'
import { toneLevels } from './tone-levels.ts'

const sampleRate = 8_000
/** Two tones of 220 and 330 Hz, the second twice as loud and only in the second half, under noise of about their power. */
function twoTones(rate: number): Recording {
  const samples = thinOut(noise(2, 1)).map((sample, index) => {
    const angle = (2 * Math.PI * index * rate) / sampleRate
    const second = index < sampleRate ? 0 : 0.2 * Math.sin(330 * angle)
    return 0.5 * sample + 0.1 * Math.sin(220 * angle) + second
  })
  return { samples, sampleRate, anchors: [{ index: 0, atInMs: 0 }] }
}

describe('toneLevels', () => {
  it.each([0.98, 1, 1.02])('hears how loud each of two tones is at %f of its speed', (rate) => {
    const recording = twoTones(rate)
    const [low, high] = [toneLevels(recording, 220), toneLevels(recording, 330)]
    expect(low).toHaveLength(20)
    for (const level of low) expect(level).toBeGreaterThan(0.06)
    for (const level of low) expect(level).toBeLessThan(0.14)
    for (const level of high.slice(0, 9)) expect(level).toBeLessThan(0.04)
    for (const level of high.slice(10)) expect(level).toBeGreaterThan(0.12)
  })
})
