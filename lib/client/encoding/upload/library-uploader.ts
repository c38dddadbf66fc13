import { fileLock } from '#lib/client/personal-files.ts'
import { uploadLimits } from '#lib/domain/limits/upload-limits.ts'
import { recordPath, type UploadRecord, uploadRecordSchema } from './record.ts'
import { type RunUploadDeps, runUpload } from './run-upload.ts'
import type { TracksApi } from './tracks-api.ts'
import { createTurns } from './turns.ts'
import {
  isSettled,
  mayBeEncodedElsewhere,
  type UploaderSnapshot,
  type UploadPhase,
  type UploadView,
} from './upload-view.ts'

export type UploaderDeps = Omit<RunUploadDeps, 'inReadingTurn' | 'inEncodingTurn' | 'inUploadTurn'> & {
  isAvailable: boolean
  /** Whether the server encodes what this browser cannot. */
  encodesElsewhere: boolean
  /** How many files are encoded at the same time. */
  encodersAtOnce: number
  newId: () => string
  /**
   * Runs `work` unless another tab holds the name already (Web Locks); resolves when it is through, to whether it ran.
   */
  withLock: (name: string, work: () => Promise<void>) => Promise<boolean>
}

/** The uploads of one's library. React reads it by `subscribe` and `getSnapshot`. */
export type LibraryUploader = {
  /** Takes files in, in their order; each goes its own way. */
  add: (files: readonly File[], options?: AddOptions) => void
  /** Stops an upload and forgets it, here and on the server. */
  cancel: (id: string) => void
  /** Stops all of them, until they are resumed; what was made of them is kept. */
  pause: () => void
  resume: () => void
  /** Goes on with one that failed. */
  retry: (id: string) => void
  /** Has the server encode one that this browser could not. */
  encodeElsewhere: (id: string) => void
  /** Takes a settled one out of the list. */
  dismiss: (id: string) => void
  subscribe: (listener: () => void) => () => void
  getSnapshot: () => UploaderSnapshot
  destroy: () => void
}

export type AddOptions = {
  /** Leaves out the silence before and behind the music. */
  trimsSilence: boolean
}

/** A network is filled by few, and the first of them is through sooner. */
const uploadsAtOnce = 2

type Entry = {
  view: UploadView
  record: UploadRecord | null
  file: File | null
  trimsSilence: boolean
  sendsOriginal: boolean
  running: AbortController | null
  /** Settles when nothing runs for it any more. */
  ended: Promise<void>
  /** Whether the server may have heard of it. */
  isAnnounced: boolean
}

/** Begins at once with what an earlier visit left. */
export function createLibraryUploader(deps: UploaderDeps): LibraryUploader {
  const { store, withLock, newId, isAvailable, encodesElsewhere } = deps
  /** As it was heard last. */
  let originalMaxBytes: number = uploadLimits.originalMaxBytes
  const api: TracksApi = {
    ...deps.api,
    limits: async (signal) => {
      const limits = await deps.api.limits(signal)
      originalMaxBytes = limits.originalMaxBytes
      return limits
    },
  }
  const entries = new Map<string, Entry>()
  const listeners = new Set<() => void>()
  const runDeps: RunUploadDeps = {
    ...deps,
    api,
    inReadingTurn: createTurns(1),
    inEncodingTurn: createTurns(deps.encodersAtOnce),
    inUploadTurn: createTurns(uploadsAtOnce),
  }
  let snapshot: UploaderSnapshot = { uploads: [], isAvailable, isPaused: false }
  let isPaused = false
  let isDestroyed = false

  const publish = () => {
    if (isDestroyed) return
    snapshot = { isAvailable, isPaused, uploads: [...entries.values()].map(({ view }) => view) }
    for (const listener of listeners) listener()
  }
  const show = (entry: Entry, phase: UploadPhase) => {
    const { id, name, bytes, title } = entry.view
    const isPlayable = entry.view.isPlayable || phase.phase === 'improving' || phase.phase === 'published'
    entry.view = { id, name, bytes, title, isPlayable, ...phase }
    if (entries.get(id) === entry) publish()
  }
  const forget = (id: string) => {
    entries.delete(id)
    publish()
  }
  const isWorthKeeping = (view: UploadView) =>
    encodesElsewhere && mayBeEncodedElsewhere(view, originalMaxBytes)
  const discardFiles = (id: string) => store.remove(id).catch(() => undefined)

  async function run(entry: Entry): Promise<void> {
    const { id } = entry.view
    const running = new AbortController()
    entry.running = running
    const ran = await withLock(fileLock('uploads', id), async () => {
      const phase = await runUpload(runDeps, {
        id,
        record: entry.record,
        file: entry.file,
        trimsSilence: entry.trimsSilence,
        sendsOriginal: entry.sendsOriginal,
        signal: running.signal,
        onPhase: (phase) => {
          if (phase.phase === 'uploading') entry.isAnnounced = true
          show(entry, phase)
        },
        onRecord: (record) => {
          entry.record = record
          entry.view = { ...entry.view, title: record.encoded?.title ?? null }
        },
      }).catch(() => null)
      if (entry.running === running) entry.running = null
      if (!phase) return
      const isOver = phase.phase === 'published' || phase.phase === 'refused'
      if (isOver && !isWorthKeeping({ ...entry.view, ...phase })) await discardFiles(id)
      show(entry, phase)
    })
    // Another tab is at it, and shows it.
    if (!ran) forget(id)
  }

  async function resume(): Promise<void> {
    const records: UploadRecord[] = []
    for (const id of await store.list()) {
      if (entries.has(id)) continue
      const record = await readRecord(id)
      // Copying was cut off: what is there is of no use. Another tab may still be at it.
      if (!record) await withLock(fileLock('uploads', id), () => discardFiles(id))
      else records.push(record)
    }
    if (isDestroyed) return
    // The store lists them in no order.
    for (const record of records.sort((a, b) => a.addedAt - b.addedAt)) {
      const { id, name, bytes, trimsSilence, encoded } = record
      const entry = createEntry({ id, name, bytes, title: encoded?.title ?? null }, { trimsSilence, record })
      entries.set(id, entry)
      entry.ended = run(entry)
    }
    publish()
  }
  function createEntry(
    named: Pick<UploadView, 'id' | 'name' | 'bytes' | 'title'>,
    given: { trimsSilence: boolean; record?: UploadRecord; file?: File },
  ): Entry {
    return {
      view: { ...named, isPlayable: false, phase: isPaused ? 'paused' : 'waiting' },
      record: null,
      file: null,
      sendsOriginal: false,
      running: null,
      ended: Promise.resolve(),
      isAnnounced: false,
      ...given,
    }
  }
  async function readRecord(id: string): Promise<UploadRecord | null> {
    try {
      const file = await store.read(id, recordPath)
      return file && uploadRecordSchema.parse(JSON.parse(await file.text()))
    } catch {
      return null
    }
  }

  if (isAvailable) void resume().catch(() => undefined)

  return {
    add(files, { trimsSilence } = { trimsSilence: false }) {
      for (const file of files) {
        const id = newId()
        const { name, size: bytes } = file
        const entry = createEntry({ id, name, bytes, title: null }, { trimsSilence, file })
        entries.set(id, entry)
        if (!isAvailable) show(entry, { phase: 'failed', code: 'needs_https' })
        else if (!isPaused) entry.ended = run(entry)
      }
      publish()
    },
    pause() {
      isPaused = true
      for (const entry of entries.values()) {
        if (isSettled(entry.view)) continue
        entry.running?.abort(new DOMException('paused', 'AbortError'))
        show(entry, { phase: 'paused' })
      }
      publish()
    },
    resume() {
      isPaused = false
      for (const entry of entries.values()) {
        if (entry.view.phase !== 'paused') continue
        show(entry, { phase: 'waiting' })
        entry.ended = entry.ended.then(() => {
          if (entries.get(entry.view.id) === entry && entry.view.phase === 'waiting') return run(entry)
        })
      }
      publish()
    },
    cancel(id) {
      const entry = entries.get(id)
      if (!entry) return
      entry.running?.abort(new DOMException('canceled', 'AbortError'))
      forget(id)
      void entry.ended.then(async () => {
        await discardFiles(id)
        // What can be played stays in the library: it may be in somebody's queue.
        if (entry.isAnnounced && !entry.view.isPlayable) await api.remove(id).catch(() => undefined)
      })
    },
    retry(id) {
      const entry = entries.get(id)
      if (entry?.view.phase !== 'failed' || entry.running || !isAvailable) return
      show(entry, { phase: 'waiting' })
      entry.ended = run(entry)
    },
    encodeElsewhere(id) {
      const entry = entries.get(id)
      if (!entry || entry.running || !isWorthKeeping(entry.view)) return
      entry.sendsOriginal = true
      show(entry, { phase: 'waiting' })
      entry.ended = run(entry)
    },
    dismiss(id) {
      const entry = entries.get(id)
      if (!entry || !isSettled(entry.view)) return
      forget(id)
      void discardFiles(id)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    getSnapshot: () => snapshot,
    destroy() {
      isDestroyed = true
      for (const { running } of entries.values()) running?.abort(new DOMException('destroyed', 'AbortError'))
      listeners.clear()
    },
  }
}
