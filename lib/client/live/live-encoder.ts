import type { CaptureGraph } from './capture-graph.ts'
import type { LiveEncoderNews, LiveEncoderRequest } from './live-encoder.worker.ts'

export type LiveEncoding = {
  /** Captures no more; `ended` is told when all of it is encoded. */
  stop: () => void
  destroy: () => void
}

/** Encodes what a graph captures from now on, in a worker of its own. */
export function encodeCapture(graph: CaptureGraph, onNews: (news: LiveEncoderNews) => void): LiveEncoding {
  const worker = new Worker(new URL('./live-encoder.worker.ts', import.meta.url), { type: 'module' })
  const { port1, port2 } = new MessageChannel()
  worker.onmessage = ({ data }: MessageEvent<LiveEncoderNews>) => onNews(data)
  worker.onerror = (event) => {
    event.preventDefault()
    onNews({ kind: 'failed', message: event.message })
  }
  worker.postMessage({ port: port2, nowInMs: performance.now() } satisfies LiveEncoderRequest, [port2])
  const stop = graph.send(port1)
  return {
    stop,
    destroy() {
      stop()
      worker.terminate()
    },
  }
}
