import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Timeline } from '#lib/domain/timeline/timeline.ts'
import type { Track } from '#lib/protocol/tracks.ts'
import { type AudioEngine, createAudioEngine } from './audio-engine.ts'
import { FakeAudio } from './fake-audio.ts'

const serverOffsetInMs = 1_700_000_000_000
const serverNow = () => performance.now() + serverOffsetInMs

function track(id: string): Track {
  return {
    id,
    title: `Title of ${id}`,
    artist: null,
    durationInMs: 60_000,
    waveform: [],
    playlistPath: `tracks/${id}/master.m3u8`,
    artworkPath: null,
    preRollInMs: 3_000,
  }
}

const slot = (id: string, startsAtInMs: number) => ({
  itemId: `item-${id}`,
  trackId: id,
  durationInMs: 60_000,
  startsAtInMs,
})

const playing = (rev: number, id: string, startsAtInMs: number): Timeline => ({
  status: 'playing',
  rev,
  current: slot(id, startsAtInMs),
  next: null,
})

let engine: AudioEngine
let elements: FakeAudio[]
let isClockKnown: boolean

beforeEach(() => {
  vi.useFakeTimers()
  elements = []
  isClockKnown = true
  engine = createAudioEngine({
    clock: {
      serverTimeAtInMs: (localInMs) => (isClockKnown ? localInMs + serverOffsetInMs : null),
      uncertaintyInMs: 2,
    },
    mediaUrl: (path) => `/media/${path}`,
    createElement() {
      const element = new FakeAudio()
      elements.push(element)
      return element as unknown as HTMLMediaElement
    },
  })
})
afterEach(() => {
  engine.destroy()
  vi.useRealTimers()
})

const phase = () => engine.getSnapshot().phase
const follow = (timeline: Timeline) => engine.setTimeline(timeline, track)
const elapse = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const deckOf = (id: string) => elements.find(({ src }) => src.includes(`/${id}/`)) as FakeAudio
const errorOf = (id: string, startsAtInMs: number) =>
  deckOf(id).currentTime * 1_000 - (3_000 + serverNow() - startsAtInMs)

// The module of hls.js is loaded before time is simulated, so that loading takes none.
await import('hls.js/light')

describe('createAudioEngine', () => {
  it('is silent when nothing plays', async () => {
    engine.start()
    await elapse(1_000)
    expect(phase()).toBe('silent')
  })

  it('makes no sound before somebody wants to listen', async () => {
    follow(playing(1, 'a', serverNow() - 10_000))
    await elapse(3_000)
    expect(phase()).toBe('silent')
    expect(deckOf('a').paused).toBe(true)
  })

  it('joins late at the right position, unheard until it is in sync', async () => {
    const startsAtInMs = serverNow() - 10_000
    follow(playing(1, 'a', startsAtInMs))
    engine.start()
    await elapse(100)
    expect(deckOf('a').volume).toBeLessThan(0.001)
    await elapse(1_900)
    expect(phase()).toBe('in_sync')
    expect(Math.abs(errorOf('a', startsAtInMs))).toBeLessThan(8)
    expect(deckOf('a').volume).toBe(1)
    expect(engine.getSnapshot().positionInMs).toBeGreaterThan(11_000)
  })

  it('runs the silent pre-roll of a start that is announced, so that the first note is in sync', async () => {
    const startsAtInMs = serverNow() + 6_000
    follow(playing(1, 'a', startsAtInMs))
    engine.start()
    await elapse(2_500)
    expect(deckOf('a').paused).toBe(true)
    await elapse(3_500)
    expect(phase()).toBe('in_sync')
    expect(Math.abs(errorOf('a', startsAtInMs))).toBeLessThan(4)
    expect(deckOf('a').volume).toBe(1)
  })

  it('asks for a gesture when the browser refuses, and plays after it', async () => {
    for (const element of elements) element.refusesToPlay = true
    follow(playing(1, 'a', serverNow() - 10_000))
    engine.start()
    await elapse(500)
    expect(phase()).toBe('needs_gesture')
    for (const element of elements) element.refusesToPlay = false
    engine.start()
    await elapse(2_000)
    expect(phase()).toBe('in_sync')
  })

  it('waits for the clock', async () => {
    isClockKnown = false
    follow(playing(1, 'a', serverNow() - 10_000))
    engine.start()
    await elapse(500)
    expect(elements.every(({ paused }) => paused)).toBe(true)
    isClockKnown = true
    await elapse(2_000)
    expect(phase()).toBe('in_sync')
  })

  it('pauses, and resumes without repeating the last moments', async () => {
    follow(playing(1, 'a', serverNow() - 10_000))
    engine.start()
    await elapse(2_000)
    follow({ status: 'paused', rev: 2, current: slot('a', 0), positionInMs: 12_000 })
    await elapse(500)
    expect(phase()).toBe('silent')
    expect(deckOf('a').paused).toBe(true)
    expect(deckOf('a').currentTime).toBeCloseTo(15, 2)

    const resumesAtInMs = serverNow() + 1_000
    follow(playing(3, 'a', resumesAtInMs - 12_000))
    await elapse(950)
    expect(deckOf('a').volume).toBeLessThan(0.001)
    await elapse(200)
    expect(deckOf('a').volume).toBe(1)
    expect(Math.abs(errorOf('a', resumesAtInMs - 12_000))).toBeLessThan(8)
  })

  it('follows a seek', async () => {
    follow(playing(1, 'a', serverNow() - 10_000))
    engine.start()
    await elapse(2_000)
    const startsAtInMs = serverNow() - 40_000
    follow(playing(2, 'a', startsAtInMs))
    await elapse(100)
    expect(deckOf('a').volume).toBeLessThan(0.001)
    await elapse(1_500)
    expect(phase()).toBe('in_sync')
    expect(Math.abs(errorOf('a', startsAtInMs))).toBeLessThan(8)
  })

  it('changes to the committed next track at its time, without a message', async () => {
    const startsAtInMs = serverNow() - 40_000
    const nextStartsAtInMs = startsAtInMs + 60_000
    follow({
      status: 'playing',
      rev: 1,
      current: slot('a', startsAtInMs),
      next: slot('b', nextStartsAtInMs),
    })
    engine.start()
    await elapse(1_000)
    expect(deckOf('b').paused).toBe(true)
    await elapse(18_950)
    expect(deckOf('a').volume).toBe(1)
    expect(Math.abs(errorOf('b', nextStartsAtInMs))).toBeLessThan(4)
    await elapse(100)
    expect(engine.getSnapshot()).toMatchObject({ phase: 'in_sync', itemId: 'item-b' })
    expect(deckOf('b').volume).toBe(1)
    await elapse(1_000)
    expect(elements.filter(({ src }) => src)).toHaveLength(1)
  })

  it('drops a track that is skipped', async () => {
    follow(playing(1, 'a', serverNow() - 10_000))
    engine.start()
    await elapse(2_000)
    const startsAtInMs = serverNow() + 1_000
    follow(playing(2, 'b', startsAtInMs))
    await elapse(100)
    expect(deckOf('a')).toBeUndefined()
    await elapse(2_000)
    expect(engine.getSnapshot()).toMatchObject({ phase: 'in_sync', itemId: 'item-b' })
    expect(Math.abs(errorOf('b', startsAtInMs))).toBeLessThan(8)
  })

  it('rejoins in sync after a stall', async () => {
    const startsAtInMs = serverNow() - 10_000
    follow(playing(1, 'a', startsAtInMs))
    engine.start()
    await elapse(2_000)
    deckOf('a').isStarved = true
    await elapse(6_000)
    expect(phase()).toBe('stalled')
    expect(deckOf('a').volume).toBeLessThan(0.001)
    deckOf('a').isStarved = false
    await elapse(1_500)
    expect(phase()).toBe('in_sync')
    expect(Math.abs(errorOf('a', startsAtInMs))).toBeLessThan(8)
  })

  it('takes a pause from outside as this listener’s wish', async () => {
    follow(playing(1, 'a', serverNow() - 10_000))
    engine.start()
    await elapse(2_000)
    deckOf('a').pause()
    await elapse(500)
    expect(engine.getSnapshot()).toMatchObject({ phase: 'silent', isListening: false })
    expect(deckOf('a').paused).toBe(true)
  })

  it('turns the sound off and on again', async () => {
    const startsAtInMs = serverNow() - 10_000
    follow(playing(1, 'a', startsAtInMs))
    engine.start()
    await elapse(2_000)
    engine.stop()
    await elapse(300)
    expect(deckOf('a').paused).toBe(true)
    engine.start()
    await elapse(2_000)
    expect(phase()).toBe('in_sync')
    expect(Math.abs(errorOf('a', startsAtInMs))).toBeLessThan(8)
  })

  it('plays at the volume that was set', async () => {
    engine.setVolume(0.3)
    follow(playing(1, 'a', serverNow() - 10_000))
    engine.start()
    await elapse(2_500)
    expect(deckOf('a').volume).toBeCloseTo(0.3)
  })

  it('is silent after the end of the last track', async () => {
    follow(playing(1, 'a', serverNow() - 58_000))
    engine.start()
    await elapse(4_000)
    expect(engine.getSnapshot()).toMatchObject({ phase: 'silent', itemId: null })
    expect(elements.every(({ paused }) => paused)).toBe(true)
  })

  it('lets go of everything when destroyed', async () => {
    follow(playing(1, 'a', serverNow() - 10_000))
    engine.start()
    await elapse(2_000)
    engine.destroy()
    expect(elements.every(({ paused, src }) => paused && !src)).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })
})
