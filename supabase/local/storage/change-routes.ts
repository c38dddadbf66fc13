import { Hono } from 'hono'
import { z } from 'zod'
import { asPerson } from './acting.ts'
import { requireClaims, type StorageParts } from './context.ts'
import { targetOf } from './download-routes.ts'
import { objectNotFound } from './errors.ts'
import { checkKey } from './object-key.ts'
import { selectObject } from './object-store.ts'
import { parseBody } from './parse-body.ts'
import { probeUpload, saveVersion } from './save-object.ts'

const moveOrCopy = z.object({
  bucketId: z.string(),
  sourceKey: z.string(),
  destinationKey: z.string(),
  destinationBucket: z.string().optional(),
})
const removal = z.object({ prefixes: z.array(z.string()).min(1).max(1000) })

/** Moving, copying and removing objects, with the rights of the person. */
export function changeRoutes(parts: StorageParts): Hono {
  const { sql, files, buckets, publicObjects, verifyToken } = parts
  const app = new Hono()

  app.post('/move', async (c) => {
    const claims = await requireClaims(c, verifyToken)
    const { bucketId, sourceKey, ...to } = await parseBody(c, moveOrCopy)
    const target = { bucket: to.destinationBucket ?? bucketId, key: checkKey(to.destinationKey) }
    await Promise.all([buckets.get(bucketId), buckets.get(target.bucket)])
    const { count } = await asPerson(
      sql,
      claims,
      'storage.object.move',
      (tx) => tx`
        update storage.objects set bucket_id = ${target.bucket}, name = ${target.key}, updated_at = now()
        where bucket_id = ${bucketId} and name = ${sourceKey}`,
    )
    if (count === 0) throw objectNotFound()
    publicObjects.forget(bucketId, sourceKey)
    publicObjects.forget(target.bucket, target.key)
    return c.json({ message: 'Successfully moved' })
  })

  app.post('/copy', async (c) => {
    const claims = await requireClaims(c, verifyToken)
    const { bucketId, sourceKey, ...to } = await parseBody(c, moveOrCopy)
    const target = { bucket: to.destinationBucket ?? bucketId, key: checkKey(to.destinationKey) }
    await Promise.all([buckets.get(bucketId), buckets.get(target.bucket)])
    const source = await asPerson(sql, claims, 'storage.object.copy', (tx) =>
      selectObject(tx, bucketId, sourceKey),
    )
    if (!source) throw objectNotFound()
    const upsert = c.req.header('x-upsert') === 'true'
    const { mimetype, size } = source.metadata
    await probeUpload(sql, claims, target, { upsert, mimeType: mimetype, sizeInBytes: size })
    const version = await files.duplicate(source.version)
    const object = {
      upsert,
      version,
      metadata: { ...source.metadata, lastModified: new Date().toISOString() },
      userMetadata: source.user_metadata,
    }
    const { id } = await saveVersion(parts, claims, target, object).catch(async (error: unknown) => {
      await files.remove(version)
      throw error
    })
    return c.json({ Id: id, Key: `${target.bucket}/${target.key}` })
  })

  async function remove(c: Parameters<typeof requireClaims>[0], bucket: string, keys: string[]) {
    const claims = await requireClaims(c, verifyToken)
    await buckets.get(bucket)
    const rows = await asPerson(
      sql,
      claims,
      'storage.object.delete',
      (tx) => tx<{ name: string; version: string | null }[]>`
        delete from storage.objects where bucket_id = ${bucket} and name = any(${keys})
        returning id, name, bucket_id, owner, owner_id, version, metadata, user_metadata, created_at, updated_at,
                  last_accessed_at`,
    )
    for (const { name, version } of rows) {
      publicObjects.forget(bucket, name)
      if (version) await files.remove(version)
    }
    return rows
  }

  app.delete('/:bucket', async (c) => {
    const { prefixes } = await parseBody(c, removal)
    return c.json(await remove(c, c.req.param('bucket'), prefixes))
  })

  app.delete('/:bucket/:key{.+}', async (c) => {
    const { bucket, key } = targetOf(c)
    const rows = await remove(c, bucket, [key])
    if (rows.length === 0) throw objectNotFound()
    return c.json({ message: 'Successfully deleted' })
  })

  return app
}
