import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { askUnderWatch, longestStallInMs } from './ask-under-watch.ts'
import type { CallOptions, WorkerCaller } from './worker-call.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A worker that answers nothing, and what it was called with. */
function silentWorker() {
  const calls: CallOptions[] = []
  const worker: WorkerCaller<string> = {
    call: (_, options = {}) =>
      new Promise((_, reject) => {
        calls.push(options)
        options.signal?.addEventListener('abort', () => reject(options.signal?.reason))
      }),
    destroy: () => {},
  }
  return { worker, progress: (share: number) => calls[0]?.onProgress?.(share) }
}

it('gives up a worker that shows no sign of life', async () => {
  const { worker } = silentWorker()
  const asked = askUnderWatch(worker, 'copy')
  const givenUp = expect(asked).rejects.toMatchObject({ name: 'TimeoutError' })
  await vi.advanceTimersByTimeAsync(longestStallInMs)
  await givenUp
})

it('waits for one that does, however long it takes', async () => {
  const { worker, progress } = silentWorker()
  const failed = vi.fn()
  const shares: number[] = []
  void askUnderWatch(worker, 'copy', { onProgress: (share) => shares.push(share) }).catch(failed)
  for (const share of [0.2, 0.4, 0.6]) {
    await vi.advanceTimersByTimeAsync(longestStallInMs - 1)
    progress(share)
  }
  expect(failed).not.toHaveBeenCalled()
  expect(shares).toEqual([0.2, 0.4, 0.6])
})

it('ends with the reason of whoever called it off', async () => {
  const { worker } = silentWorker()
  const caller = new AbortController()
  const asked = askUnderWatch(worker, 'copy', { signal: caller.signal })
  const calledOff = expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  caller.abort()
  await calledOff
})
