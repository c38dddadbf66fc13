import type { Limits } from '#lib/protocol/plus.ts'
import { isWhole, type Manifest } from '#lib/protocol/tracks.ts'
import type { EncodedFirst, EncodedRest, EncodeFirstOptions, EncodeRestOptions } from '../track-encoder.ts'
import { EncodeRefusedError, phaseOf } from './outcomes.ts'
import { recordPath, sourcePath, type UploadRecord } from './record.ts'
import { type RetryDeps, withRetries } from './retry.ts'
import { sendOriginal } from './send-original.ts'
import type { TracksApi } from './tracks-api.ts'
import type { Turns } from './turns.ts'
import { untilSettled } from './until-settled.ts'
import { SourceLostError, uploadMedia } from './upload-media.ts'
import type { UploadPhase } from './upload-view.ts'

/** The browser's file store, a folder per upload. */
export type UploadStore = {
  /** Resolves to the SHA-256. Rejects with a `QuotaExceededError` when there is no room. */
  keep: (id: string, path: string, content: Blob) => Promise<string>
  read: (id: string, path: string) => Promise<Blob | null>
  remove: (id: string) => Promise<void>
  list: () => Promise<string[]>
}

export type RunUploadDeps = RetryDeps & {
  store: UploadStore
  encodeFirst: (options: EncodeFirstOptions) => Promise<EncodedFirst>
  encodeRest: (options: EncodeRestOptions) => Promise<EncodedRest>
  /** Lets one be copied at a time: the first is encoded while the others are still read. */
  inReadingTurn: Turns
  /** Lets as many encode at a time as there are encoders; what makes a track playable comes first. */
  inEncodingTurn: Turns
  /** Lets few upload at a time, so that one is through before all are half done. */
  inUploadTurn: Turns
  api: TracksApi
  /** Calls back whenever the track's row may have changed; returns the unsubscribe. */
  watchTrack: (trackId: string, onChange: () => void) => () => void
}

export type RunUploadOptions = {
  /** From an earlier visit, or null for a new file. */
  record: UploadRecord | null
  /** The file as it was dropped; absent after a reload. */
  file: File | null
  id: string
  trimsSilence: boolean
  /** Whether the server is to encode it, from now on. */
  sendsOriginal: boolean
  onPhase: (phase: UploadPhase) => void
  onRecord: (record: UploadRecord) => void
  signal: AbortSignal
}

type Encoded = NonNullable<UploadRecord['encoded']>
/** How much of the way from one rendition to all of them is encoding. */
const encodingShare = 0.7

/**
 * Brings one file all the way from the disk to the verdict, from wherever it stopped: first one rendition, by which the
 * track can be played, then the others. Rejects only when aborted.
 */
export async function runUpload(deps: RunUploadDeps, options: RunUploadOptions): Promise<UploadPhase> {
  const { store, api, inReadingTurn, inEncodingTurn, inUploadTurn } = deps
  const { id, onPhase, onRecord, signal } = options

  async function save(record: UploadRecord): Promise<UploadRecord> {
    await store.keep(id, recordPath, new Blob([JSON.stringify(record)], { type: 'application/json' }))
    onRecord(record)
    return record
  }

  async function read(): Promise<UploadRecord> {
    const { file, trimsSilence } = options
    if (options.record) return options.record
    if (!file) throw new SourceLostError(sourcePath)
    return inReadingTurn(signal, async () => {
      onPhase({ phase: 'reading' })
      const sha256 = await store.keep(id, sourcePath, file)
      signal.throwIfAborted()
      const { name, size: bytes } = file
      const about = { id, name, bytes, addedAt: Date.now(), sha256, trimsSilence }
      return save({ ...about, sendsOriginal: false, encoded: null, whole: null })
    })
  }

  /** What one may do now: a plan may begin and end while files wait. */
  const askLimits = (): Promise<Limits> => withRetries(deps, signal, () => api.limits(signal))

  async function encodeFirst({ name, trimsSilence }: UploadRecord): Promise<Encoded> {
    onPhase({ phase: 'waiting' })
    const { trackMaxInMs: maxDurationInMs } = await askLimits()
    const encoded = await inEncodingTurn(signal, () => {
      onPhase({ phase: 'encoding', share: 0 })
      const onProgress = (share: number) => onPhase({ phase: 'encoding', share })
      return deps.encodeFirst({ trackId: id, name, maxDurationInMs, trimsSilence, onProgress, signal })
    })
    if (!encoded.ok) throw new EncodeRefusedError(encoded.code)
    const { title, artist, manifest, cut } = encoded
    return { title, artist, manifest, cut }
  }

  async function encodeRest(
    { name }: UploadRecord,
    { manifest, cut }: Encoded,
    { trackMaxInMs: maxDurationInMs, renditions: names }: Limits,
  ): Promise<Manifest> {
    if (!cut) throw new EncodeRefusedError('encoder_failed')
    const encoded = await inEncodingTurn(
      signal,
      () => {
        const onProgress = (share: number) => onPhase({ phase: 'improving', share: share * encodingShare })
        return deps.encodeRest({
          trackId: id,
          name,
          maxDurationInMs,
          first: { manifest, cut },
          names,
          onProgress,
          signal,
        })
      },
      'later',
    )
    if (!encoded.ok) throw new EncodeRefusedError(encoded.code)
    return encoded.manifest
  }

  /** Uploads what a manifest names and hands it over. */
  const upload = (manifest: Manifest, onProgress: (share: number) => void, urgency?: 'later') =>
    inUploadTurn(
      signal,
      async () => {
        const readFile = (path: string) => store.read(id, path)
        await uploadMedia({ trackId: id, manifest, api, readFile, retry: deps, onProgress, signal })
        await withRetries(deps, signal, () => api.complete(id, manifest, signal))
      },
      urgency,
    )

  /** Brings the first rendition to the server; nothing where an earlier visit got that far. */
  async function handOver({ name, bytes, sha256 }: UploadRecord, encoded: Encoded): Promise<void> {
    onPhase({ phase: 'uploading', share: 0 })
    const { title, artist, manifest } = encoded
    const start = { trackId: id, title, artist, source: { name, bytes, sha256 } }
    const { status } = await withRetries(deps, signal, () => api.start(start, signal))
    if (status === 'uploading') await upload(manifest, (share) => onPhase({ phase: 'uploading', share }))
  }

  try {
    let record = await read()
    if (options.sendsOriginal && !record.sendsOriginal)
      record = await save({ ...record, sendsOriginal: true })
    if (record.sendsOriginal) return await sendOriginal(deps, record, options)
    const encoded = record.encoded ?? (await encodeFirst(record))
    if (!record.encoded) record = await save({ ...record, encoded })
    const { manifest } = encoded
    await handOver(record, encoded)
    onPhase({ phase: 'checking' })
    const first = await untilSettled(deps, id, signal, ({ status }) => status !== 'uploaded')
    if (first.status === 'refused') return { phase: 'refused', code: first.refusalCode ?? 'internal' }
    if (isWhole(manifest) || first.rest === null) return { phase: 'published' }

    onPhase({ phase: 'improving', share: 0 })
    if (first.rest === 'awaited') {
      const limits = await askLimits()
      const whole = record.whole ?? (await encodeRest(record, encoded, limits))
      if (!record.whole) record = await save({ ...record, whole })
      const onProgress = (share: number) =>
        onPhase({ phase: 'improving', share: encodingShare + share * (1 - encodingShare) })
      await upload(allowedOf(whole, limits), onProgress, 'later')
    }
    const all = await untilSettled(deps, id, signal, ({ rest }) => rest !== 'uploaded')
    if (all.rest === 'refused') return { phase: 'refused', code: all.refusalCode ?? 'internal' }
    return { phase: 'published' }
  } catch (error) {
    signal.throwIfAborted()
    return phaseOf(error)
  }
}

/** Without what the plan no longer allows: it may have ended since that was made. */
function allowedOf(manifest: Manifest, limits: Limits): Manifest {
  return {
    ...manifest,
    renditions: manifest.renditions.filter(({ name }) => limits.renditions.includes(name)),
  }
}
