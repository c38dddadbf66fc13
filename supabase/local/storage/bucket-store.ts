import type { Sql } from 'postgres'
import { bucketNotFound } from './errors.ts'

export type Bucket = {
  id: string
  name: string
  owner: string | null
  public: boolean
  file_size_limit: number | null
  allowed_mime_types: string[] | null
}

const CACHED_FOR_MS = 1000

/**
 * Looks buckets up for the routes of objects. A bucket's row is trusted for a second, because players ask
 * for segments of the same bucket over and over; `forget` ends that at once.
 */
export function createBucketStore(sql: Sql) {
  const known = new Map<string, { bucket: Bucket; until: number }>()

  async function get(id: string): Promise<Bucket> {
    const cached = known.get(id)
    if (cached && cached.until > performance.now()) return cached.bucket
    const [row] = await sql<Bucket[]>`
      select id, name, owner, coalesce(public, false) as public, file_size_limit::float8, allowed_mime_types
      from storage.buckets where id = ${id}`
    if (!row) {
      known.delete(id)
      throw bucketNotFound()
    }
    if (known.size > 1000) known.clear()
    known.set(id, { bucket: row, until: performance.now() + CACHED_FOR_MS })
    return row
  }

  return { get, forget: (id: string) => known.delete(id) }
}

export type BucketStore = ReturnType<typeof createBucketStore>
