import { type Context, Hono } from 'hono'
import { asPerson } from './acting.ts'
import { requireClaims, type StorageParts } from './context.ts'
import { bucketNotFound, objectNotFound } from './errors.ts'
import { type ObjectRow, selectObject } from './object-store.ts'
import { serveObject } from './serve.ts'

/** Reading objects: public buckets for everybody, others by signed address or with the rights of the person. */
export function downloadRoutes(parts: StorageParts): Hono {
  const { sql, files, buckets, publicObjects, tokens, verifyToken } = parts
  const app = new Hono()

  async function findPublic(c: Context): Promise<ObjectRow> {
    const { bucket, key } = targetOf(c)
    // A private bucket looks like none.
    if (!(await buckets.get(bucket)).public) throw bucketNotFound()
    return (await publicObjects.get(bucket, key)) ?? refuse()
  }

  async function findAsPerson(c: Context): Promise<ObjectRow> {
    const { bucket, key } = targetOf(c)
    const claims = await requireClaims(c, verifyToken)
    if ((await buckets.get(bucket)).public) return (await publicObjects.get(bucket, key)) ?? refuse()
    const row = await asPerson(sql, claims, 'storage.object.get', (tx) => selectObject(tx, bucket, key))
    return row ?? refuse()
  }

  async function findSigned(c: Context): Promise<ObjectRow> {
    const { bucket, key } = targetOf(c)
    await tokens.verifyRead(c.req.query('token'), `${bucket}/${key}`)
    return (await selectObject(sql, bucket, key)) ?? refuse()
  }

  app.get('/info/public/:bucket/:key{.+}', async (c) => c.json(infoOf(await findPublic(c))))
  app.get('/info/authenticated/:bucket/:key{.+}', async (c) => c.json(infoOf(await findAsPerson(c))))
  app.get('/info/:bucket/:key{.+}', async (c) => c.json(infoOf(await findAsPerson(c))))
  app.get('/public/:bucket/:key{.+}', async (c) => serveObject(c, files, await findPublic(c)))
  app.get('/sign/:bucket/:key{.+}', async (c) => serveObject(c, files, await findSigned(c)))
  app.get('/authenticated/:bucket/:key{.+}', async (c) => serveObject(c, files, await findAsPerson(c)))
  app.get('/:bucket/:key{.+}', async (c) => serveObject(c, files, await findAsPerson(c)))
  return app
}

/** The bucket and key that an address names. */
export function targetOf(c: Context): { bucket: string; key: string } {
  return { bucket: c.req.param('bucket') ?? '', key: c.req.param('key') ?? '' }
}

function refuse(): never {
  throw objectNotFound()
}

function infoOf({ metadata, ...row }: ObjectRow) {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    bucket_id: row.bucket_id,
    size: metadata.size,
    content_type: metadata.mimetype,
    cache_control: metadata.cacheControl,
    etag: metadata.eTag,
    metadata: row.user_metadata ?? {},
    last_modified: metadata.lastModified,
    created_at: row.created_at,
  }
}
