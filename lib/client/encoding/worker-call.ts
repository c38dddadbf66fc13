/** A request to a worker and what comes back: any number of progress messages, then one end. */
type Reply = { id: number } & (
  | { kind: 'progress'; share: number }
  | { kind: 'done'; result: unknown }
  | { kind: 'failed'; name: string; message: string }
)
type Envelope<R> = { id: number; request: R }

export type WorkerCaller<R> = {
  /** Rejects with the worker's error; an abort ends the worker itself, since decoders do not stop when asked. */
  call: (request: R, options?: CallOptions) => Promise<unknown>
  destroy: () => void
}
export type CallOptions = {
  transfer?: Transferable[]
  signal?: AbortSignal
  onProgress?: (share: number) => void
}

/** The side of the page. The worker starts with the first call, and anew after it broke or was ended. */
export function createWorkerCaller<R>(spawn: () => Worker): WorkerCaller<R> {
  type Waiting = {
    resolve: (result: unknown) => void
    reject: (error: Error) => void
    onProgress?: CallOptions['onProgress']
  }
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let lastId = 0

  const end = (error: Error) => {
    worker?.terminate()
    worker = null
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  const start = (): Worker => {
    const started = spawn()
    started.onmessage = ({ data }: MessageEvent<Reply>) => {
      const call = waiting.get(data.id)
      if (!call) return
      if (data.kind === 'progress') return call.onProgress?.(data.share)
      waiting.delete(data.id)
      if (data.kind === 'done') call.resolve(data.result)
      else call.reject(Object.assign(new Error(data.message), { name: data.name }))
    }
    started.onerror = (event) => {
      event.preventDefault()
      end(new Error(event.message || 'the worker broke'))
    }
    return started
  }

  return {
    call(request, { transfer = [], signal, onProgress } = {}) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        worker ??= start()
        const id = ++lastId
        const onAbort = () => end(signal?.reason)
        const settled = () => signal?.removeEventListener('abort', onAbort)
        waiting.set(id, {
          resolve: (result) => {
            settled()
            resolve(result)
          },
          reject: (error) => {
            settled()
            reject(error)
          },
          onProgress,
        })
        signal?.addEventListener('abort', onAbort, { once: true })
        worker.postMessage({ id, request } satisfies Envelope<R>, transfer)
      })
    },
    destroy: () => end(new Error('destroyed')),
  }
}

/** The side of the worker: answers each request with what `handle` returns or throws. */
export function answerCalls<R>(
  handle: (request: R, onProgress: (share: number) => void) => Promise<unknown>,
): void {
  const reply = (message: Reply) => self.postMessage(message)
  self.addEventListener('message', async ({ data: { id, request } }: MessageEvent<Envelope<R>>) => {
    let lastShown = -1
    const onProgress = (share: number) => {
      if (share - lastShown < 0.005 && share < 1) return
      lastShown = share
      reply({ id, kind: 'progress', share })
    }
    try {
      reply({ id, kind: 'done', result: await handle(request, onProgress) })
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error))
      reply({ id, kind: 'failed', name, message })
    }
  })
}
