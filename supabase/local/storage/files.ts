import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { type FileHandle, link, mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { tooLarge } from './errors.ts'

/** Bytes that lie on disk under a version that no row names yet. */
export type StoredFile = { version: string; size: number; etag: string }

/**
 * Keeps bytes on disk, one file a version, never changed once it is there. Files are named by random ids,
 * not by keys. A file appears whole or not at all: it is written aside and renamed.
 */
export function createFiles(dataDir: string) {
  const incoming = path.join(dataDir, 'incoming')
  // What an interrupted process left half-written.
  rmSync(incoming, { recursive: true, force: true })
  mkdirSync(incoming, { recursive: true })

  const folderOf = (version: string) => path.join(dataDir, 'objects', version.slice(0, 2))
  const fileOf = (version: string) => path.join(folderOf(version), version)

  /** Writes a stream of bytes; more than `limitInBytes` of them is refused, after reading them all. */
  async function write(source: AsyncIterable<Uint8Array>, limitInBytes: number | null): Promise<StoredFile> {
    const version = randomUUID()
    const temporary = path.join(incoming, version)
    const handle = await open(temporary, 'wx', 0o600)
    try {
      const written = await copyInto(handle, source, limitInBytes)
      await handle.close()
      await mkdir(folderOf(version), { recursive: true })
      await rename(temporary, fileOf(version))
      return { version, ...written }
    } catch (error) {
      await handle.close()
      await rm(temporary, { force: true })
      throw error
    }
  }

  /** Gives the bytes of a version a second name; they are not copied. */
  async function duplicate(version: string): Promise<string> {
    const copy = randomUUID()
    await mkdir(folderOf(copy), { recursive: true })
    await link(fileOf(version), fileOf(copy))
    return copy
  }

  return {
    write,
    duplicate,
    open: (version: string) => open(fileOf(version), 'r'),
    remove: (version: string) => rm(fileOf(version), { force: true }),
  }
}

export type Files = ReturnType<typeof createFiles>

async function copyInto(handle: FileHandle, source: AsyncIterable<Uint8Array>, limitInBytes: number | null) {
  const hash = createHash('md5')
  let size = 0
  let isTooLarge = false
  for await (const chunk of source) {
    size += chunk.byteLength
    isTooLarge ||= limitInBytes !== null && size > limitInBytes
    // The rest is read and dropped: a client that is still sending would not see the answer.
    if (isTooLarge) continue
    hash.update(chunk)
    for (let offset = 0; offset < chunk.byteLength; )
      offset += (await handle.write(chunk, offset)).bytesWritten
  }
  if (isTooLarge) throw tooLarge()
  return { size, etag: `"${hash.digest('hex')}"` }
}
