import { expect, it, vi } from 'vitest'
import type { Rpc } from '../db/clients.ts'
import { createLiveWindows } from './load-live-window.ts'

const window = {
  hasEnded: false,
  segments: [{ number: 1, startsAtInMs: 0, durationInSamples: 47_104, isGap: false }],
}

function setUp(data: unknown) {
  let nowInMs = 0
  const rpc = vi.fn(async () => ({ data, error: null }))
  const load = createLiveWindows({ rpc } as unknown as Rpc, () => nowInMs)
  return { rpc, load, elapse: (ms: number) => (nowInMs += ms) }
}

it('asks once for everybody who asks at the same time, and again a moment later', async () => {
  const { rpc, load, elapse } = setUp(window)
  expect(await Promise.all([load('one'), load('one'), load('two')])).toEqual([window, window, window])
  expect(rpc).toHaveBeenCalledTimes(2)
  elapse(249)
  await load('one')
  expect(rpc).toHaveBeenCalledTimes(2)
  elapse(1)
  await load('one')
  expect(rpc).toHaveBeenCalledTimes(3)
})

it('knows nothing of a stream of which nothing was sent', async () => {
  await expect(setUp(null).load('one')).rejects.toMatchObject({ code: 'not_found' })
})
