import type { CaptureGraph } from './capture-graph.ts'
import type { LiveEncoderNews, LiveEncoderRequest } from './live-encoder.worker.ts'

export type LiveEncoding = {
  /** Captures no more; `ended` is told when all of it is encoded. */
  stop: () => void
  destroy: () => void
}

/** Keeps a worker at hand whose encoder is loaded, so that not a word is lost when somebody begins to talk. */
export type LiveEncoders = {
  /** Encodes what a graph captures from now on. */
  encode: (graph: CaptureGraph, onNews: (news: LiveEncoderNews) => void) => LiveEncoding
  destroy: () => void
}

export function createLiveEncoders(): LiveEncoders {
  let spare = spawn()
  return {
    encode(graph, onNews) {
      const { worker, ready } = spare
      let stopCapture = () => {}
      let isStopped = false
      let isOver = false
      const begin = () => {
        if (isOver) return
        worker.onmessage = ({ data }: MessageEvent<LiveEncoderNews>) => onNews(data)
        const { port1, port2 } = new MessageChannel()
        worker.postMessage({ port: port2, nowInMs: performance.now() } satisfies LiveEncoderRequest, [port2])
        stopCapture = graph.send(port1)
        if (isStopped) stopCapture()
      }
      ready.then(begin, (error: unknown) => onNews({ kind: 'failed', message: String(error) }))
      return {
        stop() {
          isStopped = true
          stopCapture()
        },
        destroy() {
          stopCapture()
          if (isOver) return
          isOver = true
          worker.terminate()
          spare = spawn()
        },
      }
    },
    destroy: () => spare.worker.terminate(),
  }
}

/** `ready`: its encoder is loaded. */
function spawn(): { worker: Worker; ready: Promise<void> } {
  const worker = new Worker(new URL('./live-encoder.worker.ts', import.meta.url), { type: 'module' })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  worker.onmessage = ({ data }: MessageEvent<LiveEncoderNews>) => {
    if (data.kind === 'ready') resolve()
    if (data.kind === 'failed') reject(new Error(data.message))
  }
  worker.onerror = (event) => {
    event.preventDefault()
    reject(new Error(event.message))
  }
  // Nobody may be waiting for it.
  promise.catch(() => {})
  return { worker, ready: promise }
}
