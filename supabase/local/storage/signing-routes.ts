import { Hono } from 'hono'
import { z } from 'zod'
import { asPerson } from './acting.ts'
import { requireClaims, type StorageParts } from './context.ts'
import { targetOf } from './download-routes.ts'
import { objectNotFound, StorageError } from './errors.ts'
import { selectObject } from './object-store.ts'
import { parseBody } from './parse-body.ts'

const expiresIn = z
  .number()
  .int()
  .min(1)
  .max(10 * 365 * 24 * 3600)
const one = z.object({ expiresIn, transform: z.object({}).optional() })
const many = z.object({ expiresIn, paths: z.array(z.string()).min(1).max(1000) })

/** Signed addresses for reading: whoever may read an object may hand out an address for it. */
export function signingRoutes({ sql, tokens, verifyToken }: StorageParts): Hono {
  const app = new Hono()

  async function addressOf(url: string, seconds: number): Promise<string> {
    // storage-js passes the address through encodeURI, so this part must not be encoded yet.
    return `/object/sign/${url}?token=${await tokens.sign({ use: 'read', url }, seconds)}`
  }

  app.post('/sign/:bucket/:key{.+}', async (c) => {
    const { bucket, key } = targetOf(c)
    const claims = await requireClaims(c, verifyToken)
    const body = await parseBody(c, one)
    if (body.transform) {
      throw new StorageError(
        501,
        'NotImplemented',
        'not_implemented',
        'Image transformations are not emulated',
      )
    }
    const row = await asPerson(sql, claims, 'storage.object.sign', (tx) => selectObject(tx, bucket, key))
    if (!row) throw objectNotFound()
    return c.json({ signedURL: await addressOf(`${bucket}/${key}`, body.expiresIn) })
  })

  app.post('/sign/:bucket', async (c) => {
    const bucket = c.req.param('bucket')
    const claims = await requireClaims(c, verifyToken)
    const body = await parseBody(c, many)
    const rows = await asPerson(
      sql,
      claims,
      'storage.object.sign_many',
      (tx) => tx<{ name: string }[]>`
        select name from storage.objects where bucket_id = ${bucket} and name = any(${body.paths})`,
    )
    const readable = new Set(rows.map((row) => row.name))
    const answers = body.paths.map(async (path) =>
      readable.has(path)
        ? { path, error: null, signedURL: await addressOf(`${bucket}/${path}`, body.expiresIn) }
        : {
            path,
            error: 'Either the object does not exist or you do not have access to it',
            signedURL: null,
          },
    )
    return c.json(await Promise.all(answers))
  })

  return app
}
