import { describe, expect, it } from 'vitest'
import { createLoudnessMeter } from '#lib/domain/audio/loudness-meter.ts'
import type { Stereo } from '#lib/domain/audio/mix-to-stereo.ts'
import { createTruePeakMeter } from '#lib/domain/audio/true-peak-meter.ts'
import { starterTracks } from './starter-tracks.ts'
import { sampleRate } from './synth/sound.ts'

const timeLimitInMs = 120_000

describe.each(starterTracks)('$title', ({ render }) => {
  it('sounds as it should by its numbers', { timeout: timeLimitInMs }, () => {
    const sound = render()
    const durationInSeconds = sound.left.length / sampleRate
    expect(durationInSeconds).toBeGreaterThan(45)
    expect(durationInSeconds).toBeLessThan(75)

    const loudness = createLoudnessMeter()
    const peak = createTruePeakMeter()
    loudness.add(sound.left, sound.right)
    peak.add(sound.left, sound.right)
    expect(loudness.integratedInLufs()).toBeGreaterThan(-18)
    expect(loudness.integratedInLufs()).toBeLessThan(-10)
    expect(peak.peak()).toBeLessThan(1)

    // Both ends are silent and no sample jumps: nothing clicks.
    for (const channel of [sound.left, sound.right]) {
      expect(Math.abs(channel[0] ?? 1)).toBeLessThan(1e-3)
      expect(Math.abs(channel.at(-1) ?? 1)).toBeLessThan(1e-3)
      expect(largestJump(channel)).toBeLessThan(0.6)
    }
    expect(longestSilenceInSeconds(sound)).toBeLessThan(2)
  })
})

function largestJump(channel: Float32Array): number {
  let largest = 0
  for (let i = 1; i < channel.length; i++)
    largest = Math.max(largest, Math.abs((channel[i] ?? 0) - (channel[i - 1] ?? 0)))
  return largest
}

/** Counts what is below -50 dBFS; the last seconds may fade. */
function longestSilenceInSeconds({ left, right }: Stereo): number {
  let longest = 0
  let silent = 0
  for (let i = 0; i < left.length - 3 * sampleRate; i++) {
    const isSilent = Math.max(Math.abs(left[i] ?? 0), Math.abs(right[i] ?? 0)) < 0.003
    silent = isSilent ? silent + 1 : 0
    longest = Math.max(longest, silent)
  }
  return longest / sampleRate
}
