import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { calibrationChirp, createChirp } from '#lib/domain/calibration/chirp.ts'
import { chirpPattern } from '#lib/domain/calibration/patterns.ts'
import { calibrate } from './calibrate.ts'
import { joinBlocks, type Microphone } from './microphone.ts'
import type { PlayedPattern } from './play-pattern.ts'

const playedAtInMs = 9_000
const sampleRate = 16_000

/** What a microphone heard of the chirps at a delay; nothing at all for null. */
function microphoneThatHears(delayInMs: number | null, inputLatencyInMs: number | null = null) {
  const samples = new Float32Array(10 * sampleRate)
  const chirp = createChirp(calibrationChirp, sampleRate)
  for (const markInMs of delayInMs === null ? [] : chirpPattern().marksInMs) {
    samples.set(chirp, Math.round(((markInMs + (delayInMs ?? 0)) * sampleRate) / 1_000))
  }
  const close = vi.fn()
  const microphone: Microphone = {
    label: 'Built-in',
    inputLatencyInMs,
    peak: 0.4,
    heard: () => ({ samples, sampleRate, startsAtInMs: playedAtInMs }),
    close,
  }
  return { microphone, close }
}

const played = (ended: Promise<void> = Promise.resolve()): PlayedPattern => ({
  originInMs: playedAtInMs,
  progress: 1,
  ended,
  stop: () => {},
})

const run = (microphone: Microphone, play = () => played(), signal = new AbortController().signal) =>
  calibrate('speaker', () => {}, signal, { open: async () => microphone, play })

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 50 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('calibrate', () => {
  it('answers how late the output is, less what the microphone says of itself', async () => {
    const { microphone, close } = microphoneThatHears(180, 12)
    const result = await run(microphone)
    expect(result).toMatchObject({ ok: true, confidence: 'high', agreed: 7, inputLatencyInMs: 12 })
    if (result.ok) expect(result.delayInMs).toBeCloseTo(168, 0)
    expect(close).toHaveBeenCalledOnce()
  })

  it('is less sure where the microphone says nothing of itself', async () => {
    const told = await run(microphoneThatHears(180, 12).microphone)
    const untold = await run(microphoneThatHears(180).microphone)
    if (!told.ok || !untold.ok) throw new Error('not heard')
    expect(untold.delayInMs).toBeCloseTo(180, 0)
    expect(untold.uncertaintyInMs).toBeGreaterThan(told.uncertaintyInMs * 3)
  })

  it('says what went wrong, and closes the microphone', async () => {
    const { microphone, close } = microphoneThatHears(null)
    expect(await run(microphone)).toEqual({ ok: false, reason: 'not_heard' })
    const notPlayed = () => played(Promise.reject(new Error('no')))
    expect(await run(microphone, notPlayed)).toEqual({ ok: false, reason: 'not_played' })
    expect(close).toHaveBeenCalledTimes(2)
  })

  it('tells a refusal from a microphone that is not there', async () => {
    vi.stubGlobal('navigator', { mediaDevices: {} })
    const failing = (name: string) =>
      calibrate('', () => {}, new AbortController().signal, {
        open: () => Promise.reject(new DOMException('', name)),
        play: () => played(),
      })
    expect(await failing('NotAllowedError')).toEqual({ ok: false, reason: 'refused' })
    expect(await failing('NotFoundError')).toEqual({ ok: false, reason: 'no_microphone' })
    vi.unstubAllGlobals()
  })

  it('ends when it is told to', async () => {
    const abort = new AbortController()
    const { microphone, close } = microphoneThatHears(100)
    const forever = Promise.withResolvers<void>()
    const play = () => ({ ...played(forever.promise), stop: () => forever.reject(new Error('stopped')) })
    const running = run(microphone, play, abort.signal)
    await Promise.resolve()
    abort.abort()
    await expect(running).rejects.toThrow('aborted')
    expect(close).toHaveBeenCalledOnce()
  })
})

describe('joinBlocks', () => {
  const block = (frame: number, atInMs: number) => ({
    frame,
    atInMs,
    samples: new Float32Array(1_600).fill(1),
  })

  it('is nothing before anything was heard', () => {
    expect(joinBlocks([], sampleRate, 0)).toBeNull()
  })

  it('leaves silence where blocks were lost, and takes the middle of their times', () => {
    const heard = joinBlocks(
      [block(1_600, 5_000), block(4_800, 5_201), block(6_400, 5_299)],
      sampleRate,
      -4_000,
    )
    expect(heard?.samples.length).toBe(6_400)
    expect([heard?.samples[1_599], heard?.samples[1_600], heard?.samples[3_200]]).toEqual([1, 0, 1])
    expect(heard?.startsAtInMs).toBe(1_000.5)
  })
})
