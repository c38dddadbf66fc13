import { z } from 'zod'
import type { Stereo } from '#lib/domain/audio/mix-to-stereo.ts'
import type { FirstEncoded } from '#lib/encoding/encode-track.ts'
import {
  audioFormat,
  type Manifest,
  type MediaFile,
  manifestSchema,
  type RefusalCode,
  type RenditionName,
  type UploadFailureCode,
} from '#lib/protocol/tracks.ts'
import { askUnderWatch } from './ask-under-watch.ts'
import { decodeWhole, wholeDecodingMaxDurationInMs } from './decode-whole.ts'
import type { EncodeRequest, Sound } from './encode.worker.ts'
import { firstEncodedSchema } from './first-encoded.ts'
import { probeSchema, toleratedLossInMs } from './probe.ts'
import type { StoreRequest } from './store.worker.ts'
import { uploadFiles } from './upload-files.ts'
import { createWorkerCaller, type WorkerCaller } from './worker-call.ts'

type EncodeOptions = {
  trackId: string
  /** The file's name, for a title where the tags have none. */
  name: string
  maxDurationInMs: number
  onProgress: (share: number) => void
  signal: AbortSignal
}
export type EncodeFirstOptions = EncodeOptions & { trimsSilence: boolean }
export type EncodeRestOptions = EncodeOptions & { first: FirstEncoded; names: readonly RenditionName[] }

export type EncodeFailure = { ok: false; code: RefusalCode | UploadFailureCode }
/** A track that can be played already, in one rendition. */
export type EncodedFirst = ({ ok: true; title: string; artist: string | null } & FirstEncoded) | EncodeFailure
export type EncodedRest = { ok: true; manifest: Manifest } | EncodeFailure

/** Turns files that wait in the browser's file store into tracks that lie beside them. */
export type TrackEncoder = {
  /** Copies a file, or a small note, into the store, and resolves to its SHA-256. */
  keep: (trackId: string, path: string, content: Blob) => Promise<string>
  /** Each call has a worker of its own. Rejects only when aborted. */
  encodeFirst: (options: EncodeFirstOptions) => Promise<EncodedFirst>
  encodeRest: (options: EncodeRestOptions) => Promise<EncodedRest>
  destroy: () => void
}

const probedSchema = z.object({ result: probeSchema, artwork: manifestSchema.shape.artwork })

/**
 * @param userId whose files they are
 * @param encodersAtOnce how many calls are made at the same time, which decides how much each may hold
 */
export function createTrackEncoder(userId: string, encodersAtOnce: number): TrackEncoder {
  const store = createWorkerCaller<StoreRequest>(
    () => new Worker(new URL('./store.worker.ts', import.meta.url), { type: 'module' }),
  )
  const createEncoder = () =>
    createWorkerCaller<EncodeRequest>(
      () => new Worker(new URL('./encode.worker.ts', import.meta.url), { type: 'module' }),
    )
  const encoders: WorkerCaller<EncodeRequest>[] = []
  const idle: WorkerCaller<EncodeRequest>[] = []

  /** A worker for one file at a time: who aborts ends it, and with it nothing of anybody else's. */
  async function withEncoder<T>(work: (encoder: WorkerCaller<EncodeRequest>) => Promise<T>): Promise<T> {
    const encoder = idle.pop() ?? createEncoder()
    if (!encoders.includes(encoder)) encoders.push(encoder)
    try {
      return await work(encoder)
    } finally {
      idle.push(encoder)
    }
  }

  type Probed = { title: string; artist: string | null; durationInMs: number; artwork: MediaFile | null }
  /** Probes and decodes a file, and gives it to `encode` with all that both ways of encoding need. */
  async function encode<T>(
    { trackId, name, maxDurationInMs, onProgress, signal }: EncodeOptions,
    takesArtwork: boolean,
    requestOf: (sound: Sound & { userId: string; trackId: string }, probed: Probed) => EncodeRequest,
    answerOf: (answer: unknown, probed: Probed) => T,
  ): Promise<T | EncodeFailure> {
    try {
      return await withEncoder(async (encoder) => {
        const request = { kind: 'probe', userId, trackId, name, maxDurationInMs, takesArtwork } as const
        const { result, artwork } = probedSchema.parse(await askUnderWatch(encoder, request, { signal }))
        if (!result.ok) return result
        const source = await uploadFiles(userId).read(trackId, 'source')
        if (!source) return { ok: false, code: 'source_lost' }
        const { durationInMs } = result
        const isShort = durationInMs < wholeDecodingMaxDurationInMs(encodersAtOnce)
        const pcm = isShort ? await decodeWhole(source) : null
        signal.throwIfAborted()
        const refusal = pcm && judgeDecoded(pcm, durationInMs, maxDurationInMs)
        if (refusal) return { ok: false, code: refusal }
        const transfer = pcm ? [...new Set([pcm.left.buffer, pcm.right.buffer])] : []
        const probed = { ...result, artwork }
        const sound = { userId, trackId, pcm, durationInMs, maxDurationInMs }
        return answerOf(
          await askUnderWatch(encoder, requestOf(sound, probed), { signal, onProgress, transfer }),
          probed,
        )
      })
    } catch (error) {
      signal.throwIfAborted()
      return { ok: false, code: codeOf(error) }
    }
  }

  return {
    keep: async (trackId, path, content) =>
      z.string().parse(await askUnderWatch(store, { userId, trackId, path, content })),
    encodeFirst: ({ trimsSilence, ...options }) =>
      encode(
        options,
        true,
        (sound, { artwork }) => ({ ...sound, kind: 'first', artwork, trimsSilence }),
        (answer, { title, artist }) => ({
          ok: true as const,
          title,
          artist,
          ...firstEncodedSchema.parse(answer),
        }),
      ),
    encodeRest: ({ first, names, ...options }) =>
      encode(
        options,
        false,
        (sound) => ({ ...sound, kind: 'rest', first, names }),
        (answer) => ({ ok: true as const, manifest: manifestSchema.parse(answer) }),
      ),
    destroy() {
      store.destroy()
      for (const encoder of encoders) encoder.destroy()
    },
  }
}

function judgeDecoded(pcm: Stereo, durationInMs: number, maxDurationInMs: number): RefusalCode | null {
  const decodedInMs = (pcm.left.length * 1000) / audioFormat.sampleRate
  if (decodedInMs === 0) return 'empty'
  if (decodedInMs > maxDurationInMs + 1_000) return 'too_long'
  return durationInMs - decodedInMs > toleratedLossInMs(durationInMs) ? 'truncated' : null
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
