import { expect, test } from 'vitest'
import { type PeerName, startPeer } from '../peers/start-peer.ts'
import { runCell } from './run-cell.ts'

const plan = {
  readers: 50,
  chatPerSecond: 20,
  reactionsPerSecond: 20,
  heartbeatEveryMs: 200,
  durationInMs: 500,
  warmUpInMs: 200,
}

test.each<PeerName>(['bare-sse', 'ws', 'socket.io'])(
  'a small cell counts every message at every reader of %s',
  { timeout: 30_000 },
  async (name) => {
    const target = await startPeer(name)
    try {
      const result = await runCell(target, plan)
      expect(result).toMatchObject({ delivered: 500, expected: 500, doubled: 0, missed: 0, invalid: 0 })
      expect(result).toMatchObject({ closed: 0, errors: [] })
      expect(result.p95Ms).toBeGreaterThan(0)
    } finally {
      await target.stop()
    }
  },
)
