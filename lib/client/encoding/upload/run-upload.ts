import { CodedError } from '#lib/protocol/errors.ts'
import type { Encoded, EncodeOptions } from '../track-encoder.ts'
import { recordPath, sourcePath, type UploadRecord } from './record.ts'
import { RetryableError, type RetryDeps, withRetries } from './retry.ts'
import type { TracksApi } from './tracks-api.ts'
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
  maxDurationInMs: number
  store: UploadStore
  encode: (options: EncodeOptions) => Promise<Encoded>
  /** Lets one upload encode at a time. */
  inTurn: <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>
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
  onPhase: (phase: UploadPhase) => void
  onRecord: (record: UploadRecord) => void
  signal: AbortSignal
}

/** How long to trust that a change is announced before asking. */
const longestSilenceInMs = 10_000

/** Brings one file all the way from the disk to the verdict, from wherever it stopped. Rejects only when aborted. */
export async function runUpload(deps: RunUploadDeps, options: RunUploadOptions): Promise<UploadPhase> {
  const { store, api, encode, inTurn, maxDurationInMs } = deps
  const { id, onPhase, onRecord, signal } = options

  async function save(record: UploadRecord): Promise<UploadRecord> {
    await store.keep(id, recordPath, new Blob([JSON.stringify(record)], { type: 'application/json' }))
    onRecord(record)
    return record
  }
  async function read(): Promise<UploadRecord> {
    const { file, record } = options
    if (record) return record
    if (!file) throw new SourceLostError(sourcePath)
    onPhase({ phase: 'reading' })
    const sha256 = await store.keep(id, sourcePath, file)
    signal.throwIfAborted()
    return save({ id, name: file.name, bytes: file.size, addedAt: Date.now(), sha256, encoded: null })
  }

  try {
    let record = await read()
    if (!record.encoded) {
      onPhase({ phase: 'waiting' })
      const { name } = record
      const encoded = await inTurn(signal, () => {
        onPhase({ phase: 'encoding', share: 0 })
        const onProgress = (share: number) => onPhase({ phase: 'encoding', share })
        return encode({ trackId: id, name, maxDurationInMs, onProgress, signal })
      })
      if (!encoded.ok) return phaseOf(encoded.code)
      const { title, artist, manifest } = encoded
      record = await save({ ...record, encoded: { title, artist, manifest } })
    }
    const { encoded, name, bytes, sha256 } = record
    if (!encoded) throw new SourceLostError(sourcePath)
    const { title, artist, manifest } = encoded

    onPhase({ phase: 'uploading', share: 0 })
    const start = { trackId: id, title, artist, source: { name, bytes, sha256 } }
    const isOpen = await withRetries(deps, signal, () => api.start(start, signal)).then(
      () => true,
      isSettledAlready,
    )
    if (isOpen) {
      const onProgress = (share: number) => onPhase({ phase: 'uploading', share })
      const readFile = (path: string) => store.read(id, path)
      await uploadMedia({ trackId: id, manifest, api, readFile, retry: deps, onProgress, signal })
      await withRetries(deps, signal, () => api.complete(id, manifest, signal))
    }
    onPhase({ phase: 'checking' })
    return await untilSettled(deps, id, signal)
  } catch (error) {
    signal.throwIfAborted()
    return { phase: 'failed', code: failureOf(error) }
  }
}

/** An earlier visit got further: the upload was completed, and only the verdict is missing. */
function isSettledAlready(error: unknown): false {
  if (error instanceof CodedError && error.code === 'command_conflict') return false
  throw error
}

async function untilSettled(deps: RunUploadDeps, id: string, signal: AbortSignal): Promise<UploadPhase> {
  let wake = () => {}
  const unwatch = deps.watchTrack(id, () => wake())
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve
      })
      const track = await withRetries(deps, signal, () => deps.api.find(id, signal))
      if (track.status === 'published') return { phase: 'published' }
      if (track.status === 'refused') return { phase: 'refused', code: track.refusalCode ?? 'internal' }
      await Promise.race([changed, deps.sleep(longestSilenceInMs, signal)])
    }
  } finally {
    unwatch()
  }
}

function phaseOf(code: Extract<Encoded, { ok: false }>['code']): UploadPhase {
  switch (code) {
    case 'needs_https':
    case 'storage_full':
    case 'source_lost':
    case 'encoder_failed':
    case 'upload_failed':
      return { phase: 'failed', code }
    default:
      return { phase: 'refused', code }
  }
}

function failureOf(error: unknown): Extract<UploadPhase, { phase: 'failed' }>['code'] {
  if (error instanceof CodedError) return error.code
  if (error instanceof RetryableError) return 'upload_failed'
  if (error instanceof SourceLostError) return 'source_lost'
  const name = error instanceof Error ? error.name : ''
  if (name === 'QuotaExceededError') return 'storage_full'
  if (name === 'NotFoundError' || name === 'NotReadableError') return 'source_lost'
  return 'encoder_failed'
}
