import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Network } from './network.ts'
import type { Quality } from './quality.ts'
import { openSource } from './source.ts'

/** As much of hls.js as a change of quality, or of the network, asks for: what was told to it, in order. */
const player = vi.hoisted(() => ({
  told: [] as string[],
  bandwidthEstimate: 2_000_000,
  heard: 2,
  loaded: 2,
  ready: () => {},
  begin: (_event: string, _data: { frag: { loader: { stats: { loaded: number } } | null } }) => {},
}))
vi.mock('hls.js/light', () => ({
  default: class {
    static isSupported = () => true
    static Events = {
      MANIFEST_PARSED: 'parsed',
      FRAG_LOADING: 'loading',
      FRAG_BUFFERED: 'buffered',
      ERROR: 'error',
    }
    levels: { averageBitrate: number }[] = []
    config: Record<string, unknown> = {}
    get bandwidthEstimate() {
      return player.bandwidthEstimate
    }
    get currentLevel() {
      return player.heard
    }
    get loadLevel() {
      return player.loaded
    }
    set loadLevel(level: number) {
      player.told.push(`behind what lies ready: ${level}`)
      if (level >= 0) player.loaded = level
    }
    set nextLevel(level: number) {
      player.told.push(`at once: ${level}`)
      player.loaded = level
    }
    on(event: string, listener: typeof player.begin) {
      if (event === 'loading') player.begin = listener
      if (event !== 'parsed') return
      player.ready = () => {
        this.levels = [66_000, 132_000, 262_000].map((averageBitrate) => ({ averageBitrate }))
        ;(listener as () => void)()
      }
    }
    startLoad(positionInSeconds: number) {
      player.told.push(`load from ${positionInSeconds}`)
    }
    stopLoad() {}
    loadSource() {}
    attachMedia() {}
    destroy() {}
  },
}))

afterEach(() => {
  vi.useRealTimers()
})
beforeEach(() => {
  vi.useFakeTimers()
  Object.assign(player, { told: [], bandwidthEstimate: 2_000_000, heard: 2, loaded: 2 })
})

/** A player that hears and loads one level. */
async function open(quality: Quality, level: number) {
  const network = { hint: () => ({}), measuredInBps: null, learn: () => {} } as unknown as Network
  const options = { url: '/x', startInMs: 0, isAhead: true, network, isWanted: () => true, onError: () => {} }
  const source = await openSource({ currentTime: 0 } as HTMLMediaElement, { ...options, quality })
  player.ready()
  Object.assign(player, { heard: level, loaded: level })
  player.told.length = 0
  return source
}

it.each([
  ['down', '256', '64', 'at once: 0'],
  ['down to what saves data', '256', 'saver', 'at once: 0'],
  ['up', '64', '256', 'at once: 2'],
] as const)('takes a change by hand %s at once', async (_name, from, to, told) => {
  const source = await open(from, from === '64' ? 0 : 2)
  source.setQuality(to)
  source.setQuality(to)
  expect(player.told).toEqual([told])
})

it('throws nothing away that has the quality already, nor for the network to decide', async () => {
  const source = await open('64', 0)
  source.setQuality('saver')
  source.setQuality('auto')
  expect(player.told).toEqual(['behind what lies ready: 0', 'behind what lies ready: -1'])
})

it('keeps what lies ready where the network would hardly bring it again', async () => {
  const source = await open('256', 2)
  player.bandwidthEstimate = 80_000
  source.setQuality('64')
  expect(player.told).toEqual(['behind what lies ready: 0'])
})

it('does not leave a minute of what was loaded before the network allowed for better', async () => {
  const source = await open('auto', 0)
  player.loaded = 2
  source.setQuality('256')
  expect(player.told).toEqual(['at once: 2'])
})

/** What was told to the player in the 3 s after the network changed, while a fragment was under way. */
async function toldAfterChange(bytesPerSecond: number) {
  const source = await open('auto', 0)
  const stats = { loaded: 4_000 }
  player.begin('loading', { frag: { loader: { stats } } })
  source.hurry(20_000)
  const toldAtOnce = [...player.told]
  for (let tenth = 0; tenth < 30; tenth++) {
    stats.loaded += bytesPerSecond / 10
    await vi.advanceTimersByTimeAsync(100)
  }
  return { toldAtOnce, told: player.told }
}

it('loads at once on another network', async () => {
  const source = await open('auto', 0)
  source.hurry(20_000)
  expect(player.told).toEqual(['load from 20'])
})

it('lets a fragment that still comes in arrive on another network', async () => {
  expect((await toldAfterChange(1_000)).told).toEqual([])
})

it('begins anew with a fragment of which nothing comes in any more', async () => {
  expect(await toldAfterChange(0)).toEqual({ toldAtOnce: [], told: ['load from 20'] })
})
