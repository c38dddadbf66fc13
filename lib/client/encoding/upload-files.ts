/**
 * The browser's own file store (Origin Private File System) holds each upload in a folder of its own:
 * `uploads/<trackId>/source`, `record.json` and what the encoder made, so that it survives a reload.
 */
const root = 'uploads'

/** What TypeScript's types of the page leave out, because only workers have it (File System Standard, 2.4). */
type SyncFileHandle = FileSystemFileHandle & {
  createSyncAccessHandle: () => Promise<{
    write: (bytes: Uint8Array<ArrayBuffer>, options: { at: number }) => number
    truncate: (size: number) => void
    flush: () => void
    close: () => void
  }>
}

/** Whether this page may keep files and hash at all: both need HTTPS or localhost. */
export function canKeepFiles(): boolean {
  return globalThis.isSecureContext && typeof navigator.storage?.getDirectory === 'function'
}

export async function readUploadFile(trackId: string, path: string): Promise<File | null> {
  try {
    const { folder, name } = await locate(trackId, path, false)
    return await (await folder.getFileHandle(name)).getFile()
  } catch (error) {
    return nullIfAbsent(error)
  }
}

/** Writes a file. Only in workers: Safari has no other way to write than the synchronous one. */
export async function writeUploadFile(
  trackId: string,
  path: string,
  content: Blob | Uint8Array<ArrayBuffer>,
  onChunk: (chunk: Uint8Array<ArrayBuffer>) => void = () => {},
): Promise<void> {
  const { folder, name } = await locate(trackId, path, true)
  const file = (await folder.getFileHandle(name, { create: true })) as SyncFileHandle
  const handle = await file.createSyncAccessHandle()
  try {
    handle.truncate(0)
    let at = 0
    const write = (bytes: Uint8Array<ArrayBuffer>) => {
      at += handle.write(bytes, { at })
      onChunk(bytes)
    }
    if (content instanceof Uint8Array) write(content)
    else for await (const chunk of chunksOf(content)) write(chunk)
    handle.flush()
  } finally {
    handle.close()
  }
}

export async function removeUpload(trackId: string): Promise<void> {
  try {
    await (await rootFolder(false)).removeEntry(trackId, { recursive: true })
  } catch (error) {
    nullIfAbsent(error)
  }
}

/** The ids of all uploads that wait here. */
export async function listUploads(): Promise<string[]> {
  try {
    const ids: string[] = []
    for await (const id of (await rootFolder(false)).keys()) ids.push(id)
    return ids
  } catch (error) {
    return nullIfAbsent(error) ?? []
  }
}

async function rootFolder(create: boolean): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(root, { create })
}

async function locate(trackId: string, path: string, create: boolean) {
  const steps = path.split('/')
  const name = steps.pop() ?? ''
  let folder = await (await rootFolder(create)).getDirectoryHandle(trackId, { create })
  for (const step of steps) folder = await folder.getDirectoryHandle(step, { create })
  return { folder, name }
}

function nullIfAbsent(error: unknown): null {
  if (error instanceof DOMException && error.name === 'NotFoundError') return null
  throw error
}

/** Safari cannot iterate a stream, so the reader is asked. */
async function* chunksOf(blob: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = blob.stream().getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}
