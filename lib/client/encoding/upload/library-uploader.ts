import { recordPath, type UploadRecord, uploadRecordSchema } from './record.ts'
import { type RunUploadDeps, runUpload } from './run-upload.ts'
import { createTurns } from './turns.ts'
import { isSettled, type UploaderSnapshot, type UploadPhase, type UploadView } from './upload-view.ts'

export type UploaderDeps = Omit<RunUploadDeps, 'inTurn'> & {
  isAvailable: boolean
  newId: () => string
  /**
   * Runs `work` unless another tab holds the name already (Web Locks); resolves when it is through, to whether it ran.
   */
  withLock: (name: string, work: () => Promise<void>) => Promise<boolean>
}

/** The uploads of one's library. React reads it by `subscribe` and `getSnapshot`. */
export type LibraryUploader = {
  /** Takes files in, in their order; each goes its own way. */
  add: (files: readonly File[]) => void
  /** Stops an upload and forgets it, here and on the server. */
  cancel: (id: string) => void
  /** Goes on with one that failed. */
  retry: (id: string) => void
  /** Takes a settled one out of the list. */
  dismiss: (id: string) => void
  subscribe: (listener: () => void) => () => void
  getSnapshot: () => UploaderSnapshot
  destroy: () => void
}

type Entry = {
  view: UploadView
  record: UploadRecord | null
  file: File | null
  running: AbortController | null
  /** Settles when nothing runs for it any more. */
  ended: Promise<void>
  /** Whether the server may have heard of it. */
  isAnnounced: boolean
}

/** Begins at once with what an earlier visit left. */
export function createLibraryUploader(deps: UploaderDeps): LibraryUploader {
  const { store, api, withLock, newId, isAvailable } = deps
  const entries = new Map<string, Entry>()
  const listeners = new Set<() => void>()
  const runDeps: RunUploadDeps = { ...deps, inTurn: createTurns() }
  let snapshot: UploaderSnapshot = { uploads: [], isAvailable }
  let isDestroyed = false

  const publish = () => {
    if (isDestroyed) return
    snapshot = { isAvailable, uploads: [...entries.values()].map(({ view }) => view) }
    for (const listener of listeners) listener()
  }
  const show = (entry: Entry, phase: UploadPhase) => {
    const { id, name, bytes, title } = entry.view
    entry.view = { id, name, bytes, title, ...phase }
    if (entries.get(id) === entry) publish()
  }
  const forget = (id: string) => {
    entries.delete(id)
    publish()
  }
  const discardFiles = (id: string) => store.remove(id).catch(() => undefined)

  async function run(entry: Entry): Promise<void> {
    const { id } = entry.view
    const running = new AbortController()
    entry.running = running
    const ran = await withLock(`upload:${id}`, async () => {
      const phase = await runUpload(runDeps, {
        id,
        record: entry.record,
        file: entry.file,
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
      entry.running = null
      if (!phase) return
      if (phase.phase === 'published' || phase.phase === 'refused') await discardFiles(id)
      show(entry, phase)
    })
    // Another tab is at it, and shows it.
    if (!ran) forget(id)
  }

  async function resume(): Promise<void> {
    for (const id of await store.list()) {
      if (isDestroyed || entries.has(id)) continue
      const record = await readRecord(id)
      if (!record) {
        // Copying was cut off: what is there is of no use. Another tab may still be at it.
        await withLock(`upload:${id}`, () => discardFiles(id))
        continue
      }
      const { name, bytes, encoded } = record
      const view: UploadView = { id, name, bytes, title: encoded?.title ?? null, phase: 'waiting' }
      const entry: Entry = {
        view,
        record,
        file: null,
        running: null,
        ended: Promise.resolve(),
        isAnnounced: false,
      }
      entries.set(id, entry)
      entry.ended = run(entry)
    }
    publish()
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
    add(files) {
      for (const file of files) {
        const id = newId()
        const phase: UploadPhase = isAvailable
          ? { phase: 'waiting' }
          : { phase: 'failed', code: 'needs_https' }
        const view = { id, name: file.name, bytes: file.size, title: null, ...phase }
        const entry: Entry = {
          view,
          record: null,
          file,
          running: null,
          ended: Promise.resolve(),
          isAnnounced: false,
        }
        entries.set(id, entry)
        if (isAvailable) entry.ended = run(entry)
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
        if (entry.isAnnounced) await api.remove(id).catch(() => undefined)
      })
    },
    retry(id) {
      const entry = entries.get(id)
      if (entry?.view.phase !== 'failed' || entry.running || !isAvailable) return
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
