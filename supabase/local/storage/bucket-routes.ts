import { Hono } from 'hono'
import type { TransactionSql } from 'postgres'
import { z } from 'zod'
import { asPerson } from './acting.ts'
import type { Bucket } from './bucket-store.ts'
import { ownerOf, requireClaims, type StorageParts } from './context.ts'
import { bucketNotFound, StorageError } from './errors.ts'
import { checkBucketName } from './object-key.ts'
import { parseBody } from './parse-body.ts'
import { parseSizeInBytes } from './size.ts'

const settings = z.object({
  public: z.boolean().optional(),
  file_size_limit: z.union([z.number(), z.string()]).nullish(),
  allowed_mime_types: z.array(z.string()).nullish(),
})
const newBucket = settings.extend({ name: z.string(), id: z.string().optional() })
const listOptions = z.object({
  limit: z.coerce.number().int().min(1).default(100),
  offset: z.coerce.number().int().min(0).default(0),
  sortColumn: z.enum(['id', 'name', 'created_at', 'updated_at']).default('name'),
  sortOrder: z.enum(['asc', 'desc']).default('asc'),
  search: z.string().default(''),
})

const columnsOf = (tx: TransactionSql) =>
  tx`id, name, coalesce(owner::text, '') as owner, coalesce(public, false) as public, file_size_limit::float8,
     allowed_mime_types, created_at, updated_at`

function limitsOf(body: z.infer<typeof settings>) {
  const limit = body.file_size_limit
  return {
    ...(body.public === undefined ? {} : { public: body.public }),
    ...(limit === undefined ? {} : { file_size_limit: limit === null ? null : parseSizeInBytes(limit) }),
    ...(body.allowed_mime_types === undefined ? {} : { allowed_mime_types: body.allowed_mime_types }),
  }
}

/** Buckets: made, listed, changed, emptied and deleted with the rights of the person. */
export function bucketRoutes({ sql, files, buckets, publicObjects, verifyToken }: StorageParts): Hono {
  const app = new Hono()

  app.get('/', async (c) => {
    const claims = await requireClaims(c, verifyToken)
    const { limit, offset, sortColumn, sortOrder, search } = listOptions.parse(c.req.query())
    const rows = await asPerson(
      sql,
      claims,
      'storage.bucket.list',
      (tx) => tx`
        select ${columnsOf(tx)} from storage.buckets where strpos(lower(name), lower(${search})) > 0
        order by ${tx(sortColumn)} ${sortOrder === 'asc' ? tx`asc` : tx`desc`} limit ${limit} offset ${offset}`,
    )
    return c.json(rows)
  })

  app.get('/:id', async (c) => {
    const claims = await requireClaims(c, verifyToken)
    const [row] = await asPerson(
      sql,
      claims,
      'storage.bucket.get',
      (tx) => tx<Bucket[]>`select ${columnsOf(tx)} from storage.buckets where id = ${c.req.param('id')}`,
    )
    if (!row) throw bucketNotFound()
    return c.json(row)
  })

  app.post('/', async (c) => {
    const claims = await requireClaims(c, verifyToken)
    const body = await parseBody(c, newBucket)
    const name = checkBucketName(body.name)
    const row = { id: body.id ?? name, name, ...ownerOf(claims), ...limitsOf(body) }
    await asPerson(sql, claims, 'storage.bucket.create', (tx) => tx`insert into storage.buckets ${tx(row)}`)
    buckets.forget(row.id)
    return c.json({ name })
  })

  app.put('/:id', async (c) => {
    const claims = await requireClaims(c, verifyToken)
    const row = { ...limitsOf(await parseBody(c, settings)), updated_at: new Date() }
    const { count } = await asPerson(
      sql,
      claims,
      'storage.bucket.update',
      (tx) => tx`update storage.buckets set ${tx(row)} where id = ${c.req.param('id')}`,
    )
    buckets.forget(c.req.param('id'))
    if (count === 0) throw bucketNotFound()
    return c.json({ message: 'Successfully updated' })
  })

  app.post('/:id/empty', async (c) => {
    const claims = await requireClaims(c, verifyToken)
    const id = c.req.param('id')
    await buckets.get(id)
    const removed = await asPerson(
      sql,
      claims,
      'storage.bucket.empty',
      (tx) => tx<{ name: string; version: string | null }[]>`
        delete from storage.objects where bucket_id = ${id} returning name, version`,
    )
    for (const { name, version } of removed) {
      publicObjects.forget(id, name)
      if (version) await files.remove(version)
    }
    return c.json({ message: 'Successfully emptied' })
  })

  app.delete('/:id', async (c) => {
    const claims = await requireClaims(c, verifyToken)
    const id = c.req.param('id')
    const [object] = await sql`select 1 from storage.objects where bucket_id = ${id} limit 1`
    if (object) {
      throw new StorageError(
        409,
        'InvalidRequest',
        'InvalidRequest',
        'The bucket you tried to delete is not empty',
      )
    }
    const { count } = await asPerson(
      sql,
      claims,
      'storage.bucket.delete',
      (tx) => tx`delete from storage.buckets where id = ${id}`,
    )
    buckets.forget(id)
    if (count === 0) throw bucketNotFound()
    return c.json({ message: 'Successfully deleted' })
  })

  return app
}
