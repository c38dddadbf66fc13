import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LiveStream } from '#lib/domain/live/live.ts'
import { createStore } from '../audio/store.ts'
import type { SessionClient } from '../session/session-client.ts'
import { followLive, type LiveFollower } from './follow-live.ts'

const stream: LiveStream = {
  streamId: 'one',
  mode: 'talk',
  startsAtInMs: 10_000,
  endsAtInMs: null,
  duckGain: 0.2,
}
const url = '/api/live/one/index.m3u8'
const ducked = { fromInMs: 13_500, untilInMs: Number.POSITIVE_INFINITY, gain: 0.2 }

let follower: LiveFollower
const view = createStore<unknown>({ status: 'ready', live: null })
const audio = createStore({ livePhase: 'silent' })
const clock = createStore(null)
const setLive = vi.fn()
const duck = vi.fn()
let nowInMs = 10_500

beforeEach(() => {
  vi.useFakeTimers()
  nowInMs = 10_500
  view.set({ status: 'ready', live: null })
  audio.set({ livePhase: 'silent' })
  setLive.mockClear()
  duck.mockClear()
  follower = followLive(
    view as unknown as SessionClient,
    { ...audio, setLive, duck } as unknown as Parameters<typeof followLive>[1],
    { subscribe: clock.subscribe, serverNowInMs: () => nowInMs },
  )
})
afterEach(() => {
  follower.destroy()
  vi.useRealTimers()
})

const tell = (live: LiveStream | null) => view.set({ status: 'ready', live })

it('plays what goes on air, and lets the music step back exactly while it is heard', () => {
  tell(stream)
  expect(setLive).toHaveBeenLastCalledWith({ stream, url })
  expect(duck).toHaveBeenLastCalledWith(ducked)
  const ended = { ...stream, endsAtInMs: 15_000 }
  tell(ended)
  expect(setLive).toHaveBeenLastCalledWith({ stream: ended, url })
  expect(duck).toHaveBeenLastCalledWith({ ...ducked, untilInMs: 18_500 })
})

it('does not begin with what is over', () => {
  nowInMs = 20_000
  tell({ ...stream, endsAtInMs: 15_000 })
  expect(setLive).not.toHaveBeenCalled()
})

it('forgets what a later snapshot knows nothing of', () => {
  tell(stream)
  tell(null)
  expect(setLive).toHaveBeenLastCalledWith(null)
  expect(duck).toHaveBeenLastCalledWith(null)
})

it('does not play in the browser that sends; there the music steps back at once', () => {
  follower.setOwnStream(stream)
  tell(stream)
  expect(setLive).not.toHaveBeenCalled()
  expect(duck).toHaveBeenLastCalledWith({ fromInMs: 10_000, untilInMs: Number.POSITIVE_INFINITY, gain: 0.2 })
  follower.setOwnStream(null)
  tell({ ...stream, endsAtInMs: 11_000 })
  expect(setLive).not.toHaveBeenCalled()
  expect(duck).toHaveBeenLastCalledWith(null)
})

it('gives the music back while the voice does not come through', () => {
  tell(stream)
  audio.set({ livePhase: 'stalled' })
  vi.advanceTimersByTime(1_900)
  expect(duck).toHaveBeenLastCalledWith(ducked)
  vi.advanceTimersByTime(200)
  expect(duck).toHaveBeenLastCalledWith(null)
  audio.set({ livePhase: 'in_sync' })
  expect(duck).toHaveBeenLastCalledWith(ducked)
})
