import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { track } from './engine-under-test.ts'
import { createMediaSessionDisplay } from './media-session.ts'

/** The browser's part, which Node has not. */
function fakeMediaSession() {
  const handlers = new Map<string, (() => void) | null>()
  return {
    handlers,
    metadata: null as MediaMetadataInit | null,
    playbackState: 'none',
    position: undefined as MediaPositionState | undefined,
    setActionHandler: (key: string, handler: (() => void) | null) => handlers.set(key, handler),
    setPositionState(position?: MediaPositionState) {
      this.position = position
    },
  }
}

let session: ReturnType<typeof fakeMediaSession>
beforeEach(() => {
  session = fakeMediaSession()
  vi.stubGlobal('navigator', { mediaSession: session })
  vi.stubGlobal(
    'MediaMetadata',
    class {
      constructor(init: MediaMetadataInit) {
        Object.assign(this, init)
      }
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

const keys = { onPlay: vi.fn(), onPause: vi.fn() }

test('a lock screen shows title, artist and artwork', () => {
  const display = createMediaSessionDisplay(keys)
  display.show({ ...track('a'), artist: 'Somebody' }, 'https://media.example/a.webp')
  expect(session.metadata).toEqual({
    title: 'Title of a',
    artist: 'Somebody',
    artwork: [{ src: 'https://media.example/a.webp' }],
  })
  display.show(track('b'), null)
  expect(session.metadata).toMatchObject({ title: 'Title of b', artist: '', artwork: [] })
})

test('its keys turn the sound on and off, until the room is left', () => {
  const display = createMediaSessionDisplay(keys)
  session.handlers.get('play')?.()
  session.handlers.get('pause')?.()
  session.handlers.get('stop')?.()
  expect(keys.onPlay).toHaveBeenCalledTimes(1)
  expect(keys.onPause).toHaveBeenCalledTimes(2)
  display.destroy()
  expect([...session.handlers.values()]).toEqual([null, null, null])
  expect(session).toMatchObject({ metadata: null, playbackState: 'none' })
})

test('it counts the position on from where the music is, within the song', () => {
  const display = createMediaSessionDisplay(keys)
  display.setPlaying(true)
  display.setPosition({ positionInMs: 61_000, durationInMs: 60_000 })
  expect(session.playbackState).toBe('playing')
  expect(session.position).toEqual({ duration: 60, position: 60, playbackRate: 1 })
  display.setPosition(null)
  expect(session.position).toBeUndefined()
})
