import type { Sql, TransactionSql } from 'postgres'
import type { Claims } from '../claims.ts'
import { probeAsPerson } from './acting.ts'
import { ownerOf, type StorageParts } from './context.ts'
import type { ObjectMetadata } from './object-store.ts'
import type { ReceivedUpload } from './upload-body.ts'

export type Target = { bucket: string; key: string }

/** Asks the policies whether the person may write this object, before any byte of it is read. */
export async function probeUpload(
  sql: Sql,
  claims: Claims,
  target: Target,
  options: { upsert: boolean; mimeType: string | null; sizeInBytes: number | null },
): Promise<void> {
  const metadata = { mimetype: options.mimeType ?? undefined, size: options.sizeInBytes ?? undefined }
  await probeAsPerson(sql, claims, 'storage.object.upload', (tx) =>
    insertObject(tx, {
      target,
      claims,
      upsert: options.upsert,
      version: null,
      metadata: tx.json(metadata),
      userMetadata: null,
    }),
  )
}

/**
 * Names uploaded bytes in `storage.objects`; from here on they are visible. Without `upsert` an object that
 * is there is left alone (409). The bytes of a replaced version go away afterwards.
 */
export async function saveUpload(
  parts: StorageParts,
  claims: Claims,
  target: Target,
  upload: ReceivedUpload,
  upsert: boolean,
): Promise<{ id: string }> {
  try {
    return await saveVersion(parts, claims, target, {
      upsert,
      version: upload.version,
      metadata: metadataOf(upload),
      userMetadata: upload.userMetadata,
    })
  } catch (error) {
    await parts.files.remove(upload.version)
    throw error
  }
}

/** Writes the row for a version that lies on disk, and removes the version it replaces. */
export async function saveVersion(
  { sql, files, publicObjects }: StorageParts,
  claims: Claims,
  target: Target,
  object: {
    upsert: boolean
    version: string
    metadata: ObjectMetadata
    userMetadata: Record<string, unknown> | null
  },
): Promise<{ id: string }> {
  const saved = await sql.begin(async (tx) => {
    // Triggers on storage.objects see who it was; the policies were asked before the upload.
    await tx`select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
                    set_config('storage.operation', 'storage.object.upload', true)`
    // Two writers of a key that does not exist yet have no row to wait for.
    await tx`select pg_advisory_xact_lock(hashtextextended(${`${target.bucket}/${target.key}`}, 0))`
    const [before] = await tx<{ version: string | null }[]>`
      select version from storage.objects where bucket_id = ${target.bucket} and name = ${target.key} for update`
    await insertObject(tx, {
      target,
      claims,
      upsert: object.upsert,
      version: object.version,
      metadata: tx.json(object.metadata),
      userMetadata: object.userMetadata && tx.json(JSON.parse(JSON.stringify(object.userMetadata))),
    })
    const [after] = await tx<{ id: string }[]>`
      select id from storage.objects where bucket_id = ${target.bucket} and name = ${target.key}`
    return { id: after?.id ?? '', replaced: before?.version ?? null }
  })
  publicObjects.forget(target.bucket, target.key)
  if (saved.replaced) await files.remove(saved.replaced)
  return { id: saved.id }
}

async function insertObject(
  tx: TransactionSql,
  object: {
    target: Target
    claims: Claims
    upsert: boolean
    version: string | null
    metadata: ReturnType<TransactionSql['json']>
    userMetadata: ReturnType<TransactionSql['json']> | null
  },
): Promise<void> {
  const { target, version, metadata, userMetadata } = object
  const { owner, owner_id } = ownerOf(object.claims)
  await tx`
    insert into storage.objects (bucket_id, name, owner, owner_id, version, metadata, user_metadata)
    values (${target.bucket}, ${target.key}, ${owner}, ${owner_id}, ${version}, ${metadata}, ${userMetadata})
    ${
      object.upsert
        ? tx`on conflict (bucket_id, name) do update set owner = excluded.owner, owner_id = excluded.owner_id,
               version = excluded.version, metadata = excluded.metadata, user_metadata = excluded.user_metadata,
               updated_at = now(), last_accessed_at = now()`
        : tx``
    }`
}

function metadataOf(upload: ReceivedUpload): ObjectMetadata {
  return {
    eTag: upload.etag,
    size: upload.size,
    mimetype: upload.mimeType,
    cacheControl: upload.cacheControl,
    lastModified: new Date().toISOString(),
    contentLength: upload.size,
    httpStatusCode: 200,
    ...(upload.contentEncoding ? { contentEncoding: upload.contentEncoding } : {}),
  }
}
