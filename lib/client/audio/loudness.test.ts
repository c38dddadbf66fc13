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
})
