import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeAudio } from './fake-audio.ts'
import { createLoudness } from './loudness.ts'

const now = () => performance.now()
const asElement = (audio: FakeAudio) => audio as unknown as HTMLMediaElement

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('createLoudness', () => {
  it('begins unheard but not muted, and fades in within 40 ms', async () => {
    const audio = new FakeAudio()
    const loudness = createLoudness(asElement(audio), now)
    expect(audio.volume).toBeGreaterThan(0)
    expect(audio.volume).toBeLessThan(0.001)
    loudness.setAudible(true)
    await vi.advanceTimersByTimeAsync(20)
    expect(audio.volume).toBeGreaterThan(0.2)
    expect(audio.volume).toBeLessThan(0.8)
    await vi.advanceTimersByTimeAsync(30)
    expect(audio.volume).toBe(1)
    expect(audio.muted).toBe(false)
  })

  it('keeps to the person’s volume, also when it changes while unheard', async () => {
    const audio = new FakeAudio()
    const loudness = createLoudness(asElement(audio), now)
    loudness.setVolume(0.4)
    await vi.advanceTimersByTimeAsync(50)
    expect(audio.volume).toBeLessThan(0.001)
    loudness.setAudible(true)
    await vi.advanceTimersByTimeAsync(50)
    expect(audio.volume).toBeCloseTo(0.4)
    loudness.setVolume(0)
    await vi.advanceTimersByTimeAsync(50)
    expect(audio.volume).toBe(0)
  })

  it('mutes where the volume is fixed, as on iPhones', () => {
    const audio = new FakeAudio()
    Object.defineProperty(audio, 'volume', { get: () => 1, set: () => {} })
    const loudness = createLoudness(asElement(audio), now)
    expect(audio.muted).toBe(true)
    loudness.setAudible(true)
    expect(audio.muted).toBe(false)
    loudness.setVolume(0)
    expect(audio.muted).toBe(true)
  })

  it('is cut in the middle of a crossfade where the volume is fixed', () => {
    const audio = new FakeAudio()
    Object.defineProperty(audio, 'volume', { get: () => 1, set: () => {} })
    const loudness = createLoudness(asElement(audio), now)
    loudness.setAudible(true)
    const isMutedAt = (share: number) => {
      loudness.setMix({ fade: Math.sin((share * Math.PI) / 2), duck: 1 })
      return audio.muted
    }
    expect([0, 0.4, 0.6, 1].map(isMutedAt)).toEqual([true, true, false, false])
    loudness.setMix({ fade: 1, duck: 0.25 })
    expect(audio.muted).toBe(true)
  })

  it('is the product of the person’s volume and the mix, and jumps of the mix are faded', async () => {
    const audio = new FakeAudio()
    const loudness = createLoudness(asElement(audio), now)
    loudness.setAudible(true)
    loudness.setVolume(0.5)
    await vi.advanceTimersByTimeAsync(50)
    loudness.setMix({ fade: 0.9, duck: 1 })
    expect(audio.volume).toBeCloseTo(0.45)
    loudness.setMix({ fade: 0.9, duck: 0.2 })
    expect(audio.volume).toBeGreaterThan(0.3)
    await vi.advanceTimersByTimeAsync(50)
    expect(audio.volume).toBeCloseTo(0.09)
  })
})
