/** What TypeScript's types of the page leave out, because only workers have it (File System Standard, 2.4). */
type SyncFileHandle = FileSystemFileHandle & {
  createSyncAccessHandle: () => Promise<{
    getSize: () => number
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

const asked = new Set<FileSystemHandle>()
/**
 * What a handle answers. Chromium collects a handle that only waits for its answer as garbage, and then never answers:
 * copying a large file beside is enough for that.
 */
async function answerOf<H extends FileSystemHandle, T>(
  handle: H,
  ask: (handle: H) => Promise<T>,
): Promise<T> {
  asked.add(handle)
  try {
    return await ask(handle)
  } finally {
    asked.delete(handle)
  }
}

/**
 * A part of the browser's own file store (Origin Private File System), where what is kept survives a reload: a folder for
 * each thing, by its id.
 */
export function originFiles(root: string) {
  async function folderAt(path: string, create: boolean): Promise<FileSystemDirectoryHandle> {
    let folder = await navigator.storage.getDirectory()
    for (const step of path.split('/'))
      folder = await answerOf(folder, (parent) => parent.getDirectoryHandle(step, { create }))
    return folder
  }

  async function fileAt(id: string, path: string, create: boolean): Promise<FileSystemFileHandle> {
    const steps = [root, id, ...path.split('/')]
    const name = steps.pop() ?? ''
    const folder = await folderAt(steps.join('/'), create)
    return answerOf(folder, (parent) => parent.getFileHandle(name, { create }))
  }

  async function open(id: string, path: string) {
    const file = (await fileAt(id, path, true)) as SyncFileHandle
    return answerOf(file, (handle) => handle.createSyncAccessHandle())
  }

  return {
    async read(id: string, path: string): Promise<File | null> {
      try {
        return await answerOf(await fileAt(id, path, false), (handle) => handle.getFile())
      } catch (error) {
        return nullIfAbsent(error)
      }
    },

    /** Writes a file. Only in workers: Safari has no other way to write than the synchronous one. */
    async write(
      id: string,
      path: string,
      content: Blob | Uint8Array<ArrayBuffer>,
      onChunk: (chunk: Uint8Array<ArrayBuffer>) => void = () => {},
    ): Promise<void> {
      const handle = await open(id, path)
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
    },

    /** Adds to the end of a file, all or nothing. Only in workers. */
    async append(id: string, path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
      const handle = await open(id, path)
      const at = handle.getSize()
      try {
        const written = handle.write(bytes, { at })
        if (written < bytes.length) throw new DOMException('no room', 'QuotaExceededError')
        handle.flush()
      } catch (error) {
        handle.truncate(at)
        throw error
      } finally {
        handle.close()
      }
    },

    async remove(id: string): Promise<void> {
      try {
        await answerOf(await folderAt(root, false), (folder) => folder.removeEntry(id, { recursive: true }))
      } catch (error) {
        nullIfAbsent(error)
      }
    },

    async list(): Promise<string[]> {
      try {
        const ids: string[] = []
        for await (const id of (await folderAt(root, false)).keys()) ids.push(id)
        return ids
      } catch (error) {
        return nullIfAbsent(error) ?? []
      }
    },
  }
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
