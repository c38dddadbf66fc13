import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type LiveStream, liveDistanceInMs } from '#lib/domain/live/live.ts'
import { FakeAudio } from './fake-audio.ts'
import { createLiveDeck } from './live-deck.ts'

// The module of hls.js is loaded before time is simulated, so that loading takes none.
await import('hls.js/light')

let element: FakeAudio
let deck: ReturnType<typeof createLiveDeck>
const settings = { volume: 1, quality: 'auto' as const, nudgeInMs: 0 }
const serverNow = () => performance.now() + 1_700_000_000_000
let isClockKnown: boolean

beforeEach(() => {
  vi.useFakeTimers()
  element = new FakeAudio()
  settings.nudgeInMs = 0
  isClockKnown = true
  deck = createLiveDeck({
    element: element as unknown as HTMLMediaElement,
    now: () => performance.now(),
    serverTimeAtInMs: () => (isClockKnown ? serverNow() : null),
    device: { traits: undefined },
    settings,
    onRefused: () => {},
    onPausedFromOutside: () => {},
  })
  deck.setListening(true)
})
afterEach(() => {
  deck.destroy()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** Lets time pass, as the engine does it. */
async function run(milliseconds: number): Promise<void> {
  const until = performance.now() + milliseconds
  while (performance.now() < until) {
    const delayInMs = Math.min(deck.tick(), until - performance.now())
    await vi.advanceTimersByTimeAsync(Math.max(1, delayInMs))
  }
}

/** A stream that goes on air now, with two seconds of silence in front. */
function goOnAir(): LiveStream {
  element.startDateInMs = serverNow() - 2_000
  const stream: LiveStream = {
    streamId: 'one',
    mode: 'talk',
    startsAtInMs: serverNow(),
    endsAtInMs: null,
    duckGain: 0.2,
  }
  deck.assign({ stream, url: '/live' })
  return stream
}

const offInMs = () => element.currentTime * 1_000 - (serverNow() - liveDistanceInMs - element.startDateInMs)

it('waits for its beginning, and is in sync when the first word comes', async () => {
  goOnAir()
  await run(1_000)
  expect(element.paused).toBe(true)
  await run(2_400)
  expect(deck.status).toBe('in_sync')
  await run(5_000)
  expect(Math.abs(offInMs())).toBeLessThan(5)
  expect(element.volume).toBe(1)
})

it('plays on to the end of what was said, and no longer', async () => {
  const stream = goOnAir()
  await run(8_000)
  deck.assign({ stream: { ...stream, endsAtInMs: serverNow() }, url: '/live' })
  await run(liveDistanceInMs - 200)
  expect(deck.status).toBe('in_sync')
  await run(800)
  expect(deck.status).toBe('idle')
  expect(element.paused).toBe(true)
  expect(element.src).toBe('')
})

it('finds back after the sound stayed away', async () => {
  goOnAir()
  await run(8_000)
  element.isStarved = true
  await run(10_000)
  expect(deck.status).toBe('stalled')
  expect(deck.stalls).toBe(1)
  element.isStarved = false
  await run(3_000)
  expect(deck.status).toBe('in_sync')
  expect(Math.abs(offInMs())).toBeLessThan(8)
})

it('is not heard while the clock is unknown', async () => {
  goOnAir()
  await run(8_000)
  isClockKnown = false
  await run(300)
  expect(deck.status).toBe('acquiring')
  expect(element.volume).toBeLessThan(0.001)
  isClockKnown = true
  await run(1_500)
  expect(deck.status).toBe('in_sync')
  expect(element.volume).toBe(1)
})

it('opens again what broke, while the stream is on air, and at once when the network is there again', async () => {
  vi.stubGlobal('MediaError', { MEDIA_ERR_DECODE: 3 })
  goOnAir()
  await run(8_000)
  for (let time = 0; time < 4; time++) {
    element.break(3)
    await run(1_000)
    expect(deck.status).toBe('failed')
    expect(deck.read().errorCode).toBe('decode')
    await run(8_000)
    expect(deck.status).toBe('in_sync')
    expect(Math.abs(offInMs())).toBeLessThan(8)
  }
  element.break(2)
  await run(300)
  deck.hurry()
  await run(2_000)
  expect(deck.status).toBe('in_sync')
})

it('gives up what broke when the stream is over', async () => {
  vi.stubGlobal('MediaError', { MEDIA_ERR_DECODE: 3 })
  const stream = goOnAir()
  await run(8_000)
  element.break(2)
  deck.assign({ stream: { ...stream, endsAtInMs: serverNow() - liveDistanceInMs + 1_000 }, url: '/live' })
  await run(10_000)
  expect(deck.status).toBe('idle')
  expect(element.src).toBe('')
})

it('plays earlier where a loudspeaker is late', async () => {
  goOnAir()
  settings.nudgeInMs = 80
  deck.applySettings()
  await run(9_000)
  expect(offInMs()).toBeGreaterThan(75)
  expect(offInMs()).toBeLessThan(85)
})

it('does not begin with what is over', async () => {
  const stream = goOnAir()
  deck.assign(null)
  deck.assign({ stream: { ...stream, streamId: 'two', endsAtInMs: serverNow() - 10_000 }, url: '/live' })
  await run(500)
  expect(deck.status).toBe('idle')
})
