import { beforeEach, expect, it, vi } from 'vitest'
import type { Network } from './network.ts'
import type { Quality } from './quality.ts'
import { openSource } from './source.ts'

/** As much of hls.js as a change of quality asks for: what was told to it, in order. */
const player = vi.hoisted(() => ({
  told: [] as string[],
  bandwidthEstimate: 2_000_000,
  heard: 2,
  loaded: 2,
  ready: () => {},
}))
vi.mock('hls.js/light', () => ({
  default: class {
    static isSupported = () => true
    static Events = { MANIFEST_PARSED: 'parsed', FRAG_BUFFERED: 'buffered', ERROR: 'error' }
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
    on(event: string, listener: () => void) {
      if (event !== 'parsed') return
      player.ready = () => {
        this.levels = [66_000, 132_000, 262_000].map((averageBitrate) => ({ averageBitrate }))
        listener()
      }
    }
    loadSource() {}
    attachMedia() {}
    destroy() {}
  },
}))

beforeEach(() => {
  Object.assign(player, { told: [], bandwidthEstimate: 2_000_000, heard: 2, loaded: 2 })
})

/** A player that hears and loads one level. */
async function open(quality: Quality, level: number) {
  const network = { hint: () => ({}), measuredInBps: null, learn: () => {} } as unknown as Network
  const options = { url: '/x', startInMs: 0, isNear: true, network, isWanted: () => true, onError: () => {} }
  const source = await openSource({} as HTMLMediaElement, { ...options, quality })
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
