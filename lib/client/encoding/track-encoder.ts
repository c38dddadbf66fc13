import { z } from 'zod'
import {
  audioFormat,
  type Manifest,
  manifestSchema,
  type RefusalCode,
  type UploadFailureCode,
} from '#lib/protocol/tracks.ts'
import { decodeWhole, wholeDecodingMaxDurationInMs } from './decode-whole.ts'
import type { EncodeRequest } from './encode.worker.ts'
import { probeSchema, toleratedLossInMs } from './probe.ts'
import type { StoreRequest } from './store.worker.ts'
import { readUploadFile } from './upload-files.ts'
import { createWatchdog } from './watchdog.ts'
import { type CallOptions, createWorkerCaller } from './worker-call.ts'

export type EncodeOptions = {
  trackId: string
  /** The file's name, for a title where the tags have none. */
  name: string
  maxDurationInMs: number
  onProgress: (share: number) => void
  signal: AbortSignal
}

export type Encoded =
  | { ok: true; title: string; artist: string | null; manifest: Manifest }
  | { ok: false; code: RefusalCode | UploadFailureCode }

/** Turns files that wait in the browser's file store into tracks that lie beside them. */
export type TrackEncoder = {
  /** Copies a file, or a small note, into the store, and resolves to its SHA-256. */
  keep: (trackId: string, path: string, content: Blob) => Promise<string>
  /** One at a time. Rejects only when aborted. */
  encode: (options: EncodeOptions) => Promise<Encoded>
  destroy: () => void
}

/** Far longer than any step takes between two signs of life. */
const longestStallInMs = 120_000

const probedSchema = z.object({ result: probeSchema, artwork: manifestSchema.shape.artwork })

export function createTrackEncoder(): TrackEncoder {
  const store = createWorkerCaller<StoreRequest>(
    () => new Worker(new URL('./store.worker.ts', import.meta.url), { type: 'module' }),
  )
  const encoder = createWorkerCaller<EncodeRequest>(
    () => new Worker(new URL('./encode.worker.ts', import.meta.url), { type: 'module' }),
  )

  /** Asks the worker under watch: a parser that seeks for ever must not hold up the files behind. */
  async function ask(
    request: EncodeRequest,
    options: CallOptions & { signal: AbortSignal },
  ): Promise<unknown> {
    const watchdog = createWatchdog(longestStallInMs)
    try {
      return await encoder.call(request, {
        ...options,
        signal: AbortSignal.any([options.signal, watchdog.signal]),
        onProgress: (share) => {
          watchdog.feed()
          options.onProgress?.(share)
        },
      })
    } finally {
      watchdog.stop()
    }
  }

  async function run({
    trackId,
    name,
    maxDurationInMs,
    onProgress,
    signal,
  }: EncodeOptions): Promise<Encoded> {
    const probed = probedSchema.parse(
      await ask({ kind: 'probe', trackId, name, maxDurationInMs }, { signal }),
    )
    if (!probed.result.ok) return probed.result
    const { title, artist, durationInMs } = probed.result
    const source = await readUploadFile(trackId, 'source')
    if (!source) return { ok: false, code: 'source_lost' }
    const pcm = durationInMs < wholeDecodingMaxDurationInMs ? await decodeWhole(source) : null
    signal.throwIfAborted()
    if (pcm) {
      const decodedInMs = (pcm.left.length * 1000) / audioFormat.sampleRate
      if (decodedInMs === 0) return { ok: false, code: 'empty' }
      if (decodedInMs > maxDurationInMs + 1_000) return { ok: false, code: 'too_long' }
      if (durationInMs - decodedInMs > toleratedLossInMs(durationInMs))
        return { ok: false, code: 'truncated' }
    }
    const transfer = pcm ? [...new Set([pcm.left.buffer, pcm.right.buffer])] : []
    const manifest = await ask(
      { kind: 'encode', trackId, pcm, durationInMs, maxDurationInMs, artwork: probed.artwork },
      { signal, onProgress, transfer },
    )
    return { ok: true, title, artist, manifest: manifestSchema.parse(manifest) }
  }

  return {
    keep: async (trackId, path, content) => z.string().parse(await store.call({ trackId, path, content })),
    async encode(options) {
      try {
        return await run(options)
      } catch (error) {
        options.signal.throwIfAborted()
        return { ok: false, code: codeOf(error) }
      }
    },
    destroy() {
      store.destroy()
      encoder.destroy()
    },
  }
}

/** What went wrong in the worker, by the name that its error kept on the way. */
function codeOf(error: unknown): RefusalCode | UploadFailureCode {
  switch (error instanceof Error ? error.name : '') {
    case 'TooLongError':
      return 'too_long'
    case 'UndecodableError':
      return 'unsupported_codec'
    case 'EncodingError':
    case 'TimeoutError':
      return 'truncated'
    case 'NotFoundError':
    case 'NotReadableError':
      return 'source_lost'
    case 'QuotaExceededError':
      return 'storage_full'
    default:
      return 'encoder_failed'
  }
}
