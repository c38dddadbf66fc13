import { lastFragment } from '#lib/domain/live/last-fragment.ts'
import { liveFormat } from '#lib/domain/live/live.ts'
import { createStore, type Readable } from '../audio/store.ts'
import { fileLock } from '../personal-files.ts'

/** A live set as it was captured, however much of it reached anybody: one fragmented MP4, as it came out of the encoder. */
export type Recording = {
  /** Of its stream. */
  id: string
  /** To be downloaded or uploaded like any other. */
  file: File
  durationInMs: number
}

export type RecordingsSnapshot = {
  /** The newest first. */
  recordings: readonly Recording[]
  /** Whether this page alone has something that a reload would lose. */
  isInMemory: boolean
}

export type Recordings = Readable<RecordingsSnapshot> & {
  /** Begins a recording; `name` is its file's. */
  begin: (id: string, name: string) => RecordingWriter
  forget: (id: string) => void
}

export type RecordingWriter = {
  /** The next bytes, a whole segment at a time. */
  add: (bytes: Uint8Array<ArrayBuffer>) => void
  end: () => void
}

/** The browser's file store, a folder per recording. Whatever it cannot do, it rejects. */
export type RecordingStore = {
  append: (id: string, path: string, bytes: Uint8Array<ArrayBuffer>) => Promise<unknown>
  read: (id: string, path: string) => Promise<File | null>
  remove: (id: string) => Promise<void>
  list: () => Promise<string[]>
}

export type RecordingsDeps = {
  store: RecordingStore
  /** Runs `work` unless another window holds the name already (Web Locks); resolves when it is through. */
  withLock: (name: string, work: () => Promise<void>) => Promise<unknown>
  now?: () => number
}

const namePath = 'name'
const soundPath = 'sound'
/** Holds several segments of a second. */
const tailBytes = 256 * 1_024

/**
 * The live sets that were recorded in this browser and wait for somebody to keep them. Each is written while it is
 * captured, so that neither a reload nor a crash loses it; what cannot be written is held in memory.
 */
export function createRecordings({ store, withLock, now = Date.now }: RecordingsDeps): Recordings {
  const state = createStore<RecordingsSnapshot>({ recordings: [], isInMemory: false })
  /** By id: what follows on the bytes that were written. In Blobs, which the browser may move out of memory. */
  const held = new Map<string, { name: string; parts: Blob[] }>()

  const show = (recordings: readonly Recording[]) => state.set({ recordings, isInMemory: held.size > 0 })
  const others = (id: string) => state.getSnapshot().recordings.filter((recording) => recording.id !== id)

  async function find(id: string): Promise<Recording | null> {
    const unwritten = held.get(id)
    const written = await store.read(id, soundPath).catch((error: unknown) => {
      if (unwritten) return null
      throw error
    })
    const sound = new Blob([...(written ? [written] : []), ...(unwritten?.parts ?? [])])
    const tailAt = Math.max(0, sound.size - tailBytes)
    const last = lastFragment(new Uint8Array(await sound.slice(tailAt).arrayBuffer()))
    if (!last) return null
    const name = unwritten?.name ?? (await store.read(id, namePath).then((file) => file?.text()))
    const lastModified = unwritten ? now() : written?.lastModified
    // What a crash has left of a segment does not belong to it.
    const whole = sound.slice(0, tailAt + last.endsAt)
    return {
      id,
      file: new File([whole], name || `${id}.m4a`, { type: 'audio/mp4', lastModified }),
      durationInMs: (last.untilInSamples * 1_000) / liveFormat.sampleRate,
    }
  }

  async function showWhole(id: string): Promise<void> {
    const recording = await find(id)
    if (!recording) return forget(id)
    show([recording, ...others(id)].sort((a, b) => b.file.lastModified - a.file.lastModified))
  }

  function forget(id: string): void {
    held.delete(id)
    show(others(id))
    void store.remove(id).catch(() => {})
  }

  async function findEarlier(): Promise<void> {
    for (const id of await store.list())
      await withLock(fileLock('recordings', id), () => showWhole(id).catch(() => {}))
  }
  // A browser that keeps nothing has nothing left.
  void findEarlier().catch(() => {})

  return {
    ...state,
    begin(id, name) {
      const ended = Promise.withResolvers<void>()
      // Until then other windows leave it alone.
      void withLock(fileLock('recordings', id), () => ended.promise).catch(() => {})
      let written = Promise.resolve()

      async function write(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
        if (!held.has(id)) {
          try {
            return void (await store.append(id, path, bytes))
          } catch {
            held.set(id, { name, parts: [] })
            show(state.getSnapshot().recordings)
          }
        }
        if (path === soundPath) held.get(id)?.parts.push(new Blob([bytes]))
      }
      const writeNext = (path: string, bytes: Uint8Array<ArrayBuffer>) => {
        written = written.then(() => write(path, bytes))
      }

      writeNext(namePath, new TextEncoder().encode(name))
      return {
        add: (bytes) => writeNext(soundPath, bytes),
        end() {
          void written
            .then(() => showWhole(id))
            .catch(() => {})
            .finally(ended.resolve)
        },
      }
    },
    forget,
  }
}
