import { vi } from 'vitest'
import type { Timeline } from '#lib/domain/timeline/timeline.ts'
import type { Track } from '#lib/protocol/tracks.ts'
import { createAudioEngine } from './audio-engine.ts'
import { FakeAudio } from './fake-audio.ts'
import type { Network } from './network.ts'

const serverOffsetInMs = 1_700_000_000_000
const preRollInMs = 3_000

export const serverNow = (): number => performance.now() + serverOffsetInMs
export const elapse = (ms: number) => vi.advanceTimersByTimeAsync(ms)

export function track(id: string): Track {
  return {
    id,
    title: `Title of ${id}`,
    artist: null,
    durationInMs: 60_000,
    waveform: [],
    playlistPath: `tracks/${id}/master.m3u8`,
    artworkPath: null,
    preRollInMs,
  }
}

export const slot = (id: string, startsAtInMs: number) => ({
  itemId: `item-${id}`,
  trackId: id,
  durationInMs: 60_000,
  startsAtInMs,
})

export const playing = (rev: number, id: string, startsAtInMs: number): Timeline => ({
  status: 'playing',
  rev,
  current: slot(id, startsAtInMs),
  next: null,
})

/** An engine in simulated time, on fake elements and a clock and a network that a test can spoil. */
export function createEngineUnderTest() {
  const world = { isClockKnown: true, sleptForInMs: 0 }
  const elements: FakeAudio[] = []
  const silentElement = new FakeAudio()
  const networkListeners = new Set<() => void>()
  const network: Network = {
    hint: () => ({}),
    measuredInBps: null,
    learn: () => {},
    onChange(listener) {
      networkListeners.add(listener)
      return () => networkListeners.delete(listener)
    },
  }
  const engine = createAudioEngine({
    clock: {
      serverTimeAtInMs: (localInMs) =>
        world.isClockKnown ? localInMs + serverOffsetInMs + world.sleptForInMs : null,
      uncertaintyInMs: 2,
    },
    network,
    mediaUrl: (path) => `/media/${path}`,
    silentElement: silentElement as unknown as HTMLMediaElement,
    createElement() {
      const element = new FakeAudio()
      elements.push(element)
      return element as unknown as HTMLMediaElement
    },
  })
  const deckOf = (id: string) => elements.find(({ src }) => src.includes(`/${id}/`)) as FakeAudio
  return {
    world,
    engine,
    elements,
    silentElement,
    deckOf,
    phase: () => engine.getSnapshot().phase,
    follow: (timeline: Timeline, upNext?: Track) => engine.setTimeline(timeline, track, upNext),
    /** How far a deck is ahead of where it belongs, in ms. */
    errorOf: (id: string, startsAtInMs: number) =>
      deckOf(id).currentTime * 1_000 - (preRollInMs + serverNow() + world.sleptForInMs - startsAtInMs),
    changeNetwork() {
      for (const listener of networkListeners) listener()
    },
  }
}
