import { afterEach, expect, it, vi } from 'vitest'
import { openLiveSource, positionIn } from './live-source.ts'

/** As much of hls.js as its errors ask for. */
const player = vi.hoisted(() => ({
  recoveries: 0,
  fail: (_event: string, _error: { fatal: boolean; type: string }) => {},
}))
vi.mock('hls.js/light', () => ({
  default: class {
    static isSupported = () => true
    static Events = { LEVEL_UPDATED: 'updated', FRAG_LOADING: 'loading', ERROR: 'error' }
    static ErrorTypes = { NETWORK_ERROR: 'network', MEDIA_ERROR: 'media' }
    levels = []
    on(event: string, listener: typeof player.fail) {
      if (event === 'error') player.fail = listener
    }
    recoverMediaError() {
      player.recoveries++
    }
    loadSource() {}
    attachMedia() {}
    destroy() {}
  },
}))
afterEach(() => {
  vi.useRealTimers()
})

it('mends errors of decoding all evening, unless they come thick and fast', async () => {
  vi.useFakeTimers()
  const onError = vi.fn()
  await openLiveSource({} as HTMLMediaElement, { url: '/live', isWanted: () => true, onError })
  const breakOnce = () => player.fail('error', { fatal: true, type: 'media' })
  for (let hour = 0; hour < 5; hour++) {
    breakOnce()
    await vi.advanceTimersByTimeAsync(3_600_000)
  }
  expect(player.recoveries).toBe(5)
  expect(onError).not.toHaveBeenCalled()
  for (let time = 0; time < 3; time++) breakOnce()
  expect(player.recoveries).toBe(7)
  expect(onError).toHaveBeenCalledExactlyOnceWith('decode')
})

const fragments = [
  { start: 10, programDateTime: 50_000 },
  // The device that captures is a little slow.
  { start: 11, programDateTime: 51_002 },
  { start: 12, programDateTime: null },
]

it('finds the media time of what was captured at an instant', () => {
  expect(positionIn({ fragments }, 50_500)).toBe(10_500)
  expect(positionIn({ fragments }, 51_002)).toBe(11_000)
  expect(positionIn({ fragments }, 53_002)).toBe(13_000)
})

it('goes on with the first segment where nothing is known of before', () => {
  expect(positionIn({ fragments }, 49_000)).toBe(9_000)
})

it('knows nothing without dates', () => {
  expect(positionIn({ fragments: [] }, 50_000)).toBeNull()
})
