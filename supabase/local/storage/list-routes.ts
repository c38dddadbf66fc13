import { Hono } from 'hono'
import { z } from 'zod'
import { asPerson } from './acting.ts'
import { requireClaims, type StorageParts } from './context.ts'
import { invalidRequest } from './errors.ts'
import { parseBody } from './parse-body.ts'

const listing = z.object({
  prefix: z.string().default(''),
  limit: z.number().int().min(1).max(10_000).default(100),
  offset: z.number().int().min(0).default(0),
  search: z.string().default(''),
  sortBy: z
    .object({
      column: z.enum(['name', 'updated_at', 'created_at', 'last_accessed_at']).default('name'),
      order: z.enum(['asc', 'desc']).default('asc'),
    })
    .default({ column: 'name', order: 'asc' }),
})
const listingV2 = z.object({
  prefix: z.string().default(''),
  limit: z.number().int().min(1).max(1000).default(1000),
  cursor: z.string().optional(),
  with_delimiter: z.boolean().default(false),
  sortBy: z
    .object({
      column: z.enum(['name', 'updated_at', 'created_at']),
      order: z.enum(['asc', 'desc']).default('asc'),
    })
    .default({ column: 'name', order: 'asc' }),
})

/** Listings of the objects that the person may see; a folder is a common beginning of keys. */
export function listRoutes({ sql, buckets, verifyToken }: StorageParts): Hono {
  const app = new Hono()

  app.post('/list/:bucket', async (c) => {
    const claims = await requireClaims(c, verifyToken)
    const { prefix, limit, offset, search, sortBy } = await parseBody(c, listing)
    const { id } = await buckets.get(c.req.param('bucket'))
    const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
    const rows = await asPerson(sql, claims, 'storage.object.list', (tx) => {
      const order = sortBy.order === 'asc' ? tx`asc` : tx`desc`
      return tx`
        with found as (
          select *, substr(name, ${folder.length + 1}) as rest from storage.objects
          where bucket_id = ${id} and starts_with(name, ${folder})
        ), entries as (
          select distinct split_part(rest, '/', 1) as name, null::uuid as id, null::timestamptz as updated_at,
                 null::timestamptz as created_at, null::timestamptz as last_accessed_at, null::jsonb as metadata
          from found where strpos(rest, '/') > 0
          union all
          select rest, id, updated_at, created_at, last_accessed_at, metadata from found where strpos(rest, '/') = 0
        )
        select * from entries where starts_with(lower(name), lower(${search}))
        order by id is not null, ${tx(sortBy.column)} ${order}, name limit ${limit} offset ${offset}`
    })
    return c.json(rows)
  })

  app.post('/list-v2/:bucket', async (c) => {
    const claims = await requireClaims(c, verifyToken)
    const { prefix, limit, cursor, with_delimiter, sortBy } = await parseBody(c, listingV2)
    const { id } = await buckets.get(c.req.param('bucket'))
    const offset = cursor === undefined ? 0 : readCursor(cursor)
    const rows = await asPerson(sql, claims, 'storage.object.list_v2', (tx) => {
      const order = sortBy.order === 'asc' ? tx`asc` : tx`desc`
      return tx<{ id: string | null; name: string }[]>`
        with found as (
          select *, case when ${with_delimiter} then strpos(substr(name, ${prefix.length + 1}), '/') else 0 end as slash
          from storage.objects where bucket_id = ${id} and starts_with(name, ${prefix})
        ), entries as (
          select left(name, ${prefix.length} + slash) as name, null::uuid as id, min(updated_at) as updated_at,
                 min(created_at) as created_at, null::timestamptz as last_accessed_at, null::jsonb as metadata
          from found where slash > 0 group by 1
          union all
          select name, id, updated_at, created_at, last_accessed_at, metadata from found where slash = 0
        )
        select * from entries order by ${tx(sortBy.column)} ${order}, name ${order}
        limit ${limit + 1} offset ${offset}`
    })
    const page = rows.slice(0, limit).map((row) => ({ ...row, key: row.name.replace(/\/$/, '') }))
    const hasNext = rows.length > limit
    return c.json({
      hasNext,
      folders: page.filter((row) => row.id === null).map(({ key, name }) => ({ key, name })),
      objects: page.filter((row) => row.id !== null),
      ...(hasNext ? { nextCursor: Buffer.from(String(offset + limit)).toString('base64url') } : {}),
    })
  })

  return app
}

/** A cursor is the number of entries seen; it is opaque to clients. */
function readCursor(cursor: string): number {
  const offset = Number(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (!Number.isSafeInteger(offset) || offset < 0) throw invalidRequest('Invalid cursor')
  return offset
}
