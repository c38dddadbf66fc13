import { mediaPathSchema } from '#lib/protocol/tracks.ts'
import type { Db } from '../db/clients.ts'

/** The bucket in which all media lie: everybody may read whose path they know. */
export const mediaBucket = 'media'

/** A track's folder in the bucket, as SQL builds it too (`private.track_prefix`). */
export function trackFolder(ownerId: string | null, trackId: string): string {
  return `tracks/${ownerId ?? 'starter'}/${trackId}`
}

export type StoredFile = { path: string; bytes: number }

/** Storage as media needs it. Errors of the network are thrown; what is not there is null. */
export type MediaStorage = {
  download: (path: string, maxBytes: number) => Promise<Uint8Array | 'too_large' | null>
  /** Puts a file in place of whatever lies there. Caches may keep it for a year, unless another time is given. */
  write: (
    path: string,
    content: Uint8Array | string,
    contentType: string,
    cacheInSeconds?: number,
  ) => Promise<void>
  /** The files of a track's folder, paths relative to it. */
  list: (folder: string) => Promise<StoredFile[]>
  removeFolder: (folder: string) => Promise<void>
}

const pageSize = 1_000
const subfolders = ['', '64k', '128k', '256k']
const aYearInSeconds = 31_536_000

export function createMediaStorage(db: Db): MediaStorage {
  const bucket = db.storage.from(mediaBucket)

  async function listOne(folder: string, subfolder: string): Promise<StoredFile[]> {
    const files: StoredFile[] = []
    for (let offset = 0; ; offset += pageSize) {
      const path = subfolder ? `${folder}/${subfolder}` : folder
      const { data, error } = await bucket.list(path, {
        limit: pageSize,
        offset,
        sortBy: { column: 'name', order: 'asc' },
      })
      if (error) throw error
      for (const { name, id, metadata } of data) {
        // A folder has no id.
        if (id)
          files.push({ path: subfolder ? `${subfolder}/${name}` : name, bytes: Number(metadata?.size ?? 0) })
      }
      if (data.length < pageSize) return files
    }
  }
  const listAll = async (folder: string) =>
    (await Promise.all(subfolders.map((subfolder) => listOne(folder, subfolder)))).flat()

  return {
    async download(path, maxBytes) {
      const { data, error } = await bucket.download(path).asStream()
      if (error) {
        if (isAbsence(error)) return null
        throw error
      }
      return readAtMost(data, maxBytes)
    },
    async write(path, content, contentType, cacheInSeconds = aYearInSeconds) {
      const body = typeof content === 'string' ? new TextEncoder().encode(content) : content
      const { error } = await bucket.upload(path, body, {
        contentType,
        upsert: true,
        cacheControl: String(cacheInSeconds),
      })
      if (error) throw error
    },
    list: async (folder) =>
      (await listAll(folder)).filter(({ path }) => mediaPathSchema.safeParse(path).success),
    async removeFolder(folder) {
      const paths = (await listAll(folder)).map(({ path }) => `${folder}/${path}`)
      for (let i = 0; i < paths.length; i += pageSize) {
        const { error } = await bucket.remove(paths.slice(i, i + pageSize))
        if (error) throw error
      }
    },
  }
}

/** Storage says "not found" as status 400 or 404, with the meant one in the body. */
export function isAbsence(error: object): boolean {
  const { status, statusCode } = error as { status?: unknown; statusCode?: unknown }
  return status === 404 || String(statusCode) === '404' || (status === 400 && statusCode === undefined)
}

async function readAtMost(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array | 'too_large'> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    // Leaving the loop cancels the stream.
    if (size > maxBytes) return 'too_large'
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
