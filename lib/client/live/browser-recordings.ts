import { createWorkerCaller } from '../encoding/worker-call.ts'
import { lockInBrowser } from '../lock-in-browser.ts'
import type { AppendRequest } from './recording.worker.ts'
import { recordingFiles } from './recording-files.ts'
import { createRecordings, type Recordings } from './recordings.ts'

const recordingsByPerson = new Map<string, Recordings>()

/** A person's recordings on this page: one for all its views, so that what only the page holds outlives the room. */
export function browserRecordings(userId: string): Recordings {
  const recordings = recordingsByPerson.get(userId) ?? open(userId)
  recordingsByPerson.set(userId, recordings)
  return recordings
}

function open(userId: string): Recordings {
  const writer = createWorkerCaller<AppendRequest>(
    () => new Worker(new URL('./recording.worker.ts', import.meta.url), { type: 'module' }),
  )
  const opened = createRecordings({
    store: {
      ...recordingFiles(userId),
      append: (id, path, bytes) => writer.call({ userId, id, path, bytes }),
    },
    withLock: lockInBrowser,
  })
  const warn = (event: BeforeUnloadEvent) => event.preventDefault()
  opened.subscribe(() => {
    if (opened.getSnapshot().isInMemory) window.addEventListener('beforeunload', warn)
    else window.removeEventListener('beforeunload', warn)
  })
  return {
    ...opened,
    begin(id, name) {
      // Best effort: asks that the browser does not empty the store when the disk is full.
      void navigator.storage?.persist?.().catch(() => false)
      return opened.begin(id, name)
    },
  }
}
