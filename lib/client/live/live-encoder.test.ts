import { afterEach, expect, it, vi } from 'vitest'
import type { CaptureGraph } from './capture-graph.ts'
import { createLiveEncoders } from './live-encoder.ts'
import type { LiveEncoderNews } from './live-encoder.worker.ts'

/** Stands for the browser's worker: says what the test has it say. */
class FakeWorker {
  static last: FakeWorker
  onmessage: ((event: { data: LiveEncoderNews }) => void) | null = null
  postMessage = vi.fn()
  terminate = vi.fn()
  constructor() {
    FakeWorker.last = this
  }
}

afterEach(() => vi.unstubAllGlobals())

it('begins when the encoder is loaded, also where somebody was quicker', async () => {
  vi.stubGlobal('Worker', FakeWorker)
  const send = vi.fn(() => () => {})
  const onNews = vi.fn()
  const graph: CaptureGraph = { send, readLevel: () => {}, destroy: () => {} }
  createLiveEncoders().encode(graph, onNews)
  const worker = FakeWorker.last
  await Promise.resolve()
  expect(send).not.toHaveBeenCalled()

  worker.onmessage?.({ data: { kind: 'ready' } })
  await vi.waitFor(() => expect(send).toHaveBeenCalledOnce())
  worker.onmessage?.({ data: { kind: 'began', originInMs: 7 } })
  expect(onNews).toHaveBeenCalledExactlyOnceWith({ kind: 'began', originInMs: 7 })
})
