import type { Sql, TransactionSql } from 'postgres'

/** What `storage.objects.metadata` holds, in the names of Supabase Storage. */
export type ObjectMetadata = {
  eTag: string
  size: number
  mimetype: string
  cacheControl: string
  lastModified: string
  contentLength: number
  httpStatusCode: number
  contentEncoding?: string
}

export type ObjectRow = {
  id: string
  bucket_id: string
  name: string
  version: string
  metadata: ObjectMetadata
  user_metadata: Record<string, unknown> | null
  created_at: Date
  updated_at: Date
}

const CACHED_FOR_MS = 1000
const CACHE_SIZE = 10_000

/** One object's row, seen with the rights of whoever `db` acts as. */
export async function selectObject(
  db: Sql | TransactionSql,
  bucket: string,
  key: string,
): Promise<ObjectRow | undefined> {
  const [row] = await db<ObjectRow[]>`
    select id, bucket_id, name, version, metadata, user_metadata, created_at, updated_at
    from storage.objects where bucket_id = ${bucket} and name = ${key}`
  return row
}

/**
 * Rows of objects in public buckets, where no policy is asked. A row found is trusted for a second; changes
 * made through this service are seen at once, and missing objects are asked for each time.
 */
export function createPublicObjects(sql: Sql) {
  const known = new Map<string, { row: ObjectRow; until: number }>()

  async function get(bucket: string, key: string): Promise<ObjectRow | undefined> {
    const name = `${bucket}/${key}`
    const cached = known.get(name)
    if (cached && cached.until > performance.now()) return cached.row
    const row = await selectObject(sql, bucket, key)
    if (!row) known.delete(name)
    else {
      if (known.size >= CACHE_SIZE) known.clear()
      known.set(name, { row, until: performance.now() + CACHED_FOR_MS })
    }
    return row
  }

  return { get, forget: (bucket: string, key: string) => known.delete(`${bucket}/${key}`) }
}

export type PublicObjects = ReturnType<typeof createPublicObjects>
