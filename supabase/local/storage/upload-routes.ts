import { type Context, Hono } from 'hono'
import { requireClaims, type StorageParts } from './context.ts'
import { targetOf } from './download-routes.ts'
import { checkKey } from './object-key.ts'
import { probeUpload, saveUpload } from './save-object.ts'
import { declaredUpload, receiveUpload } from './upload-body.ts'

/** How long a signed upload address holds, as in hosted Storage. */
const UPLOAD_TOKEN_SECONDS = 2 * 60 * 60

/** Uploads: the policies are asked first, then the body is read to disk, then the object becomes visible. */
export function uploadRoutes(parts: StorageParts): Hono {
  const { sql, files, buckets, tokens, verifyToken } = parts
  const app = new Hono()

  app.post('/upload/sign/:bucket/:key{.+}', async (c) => {
    const target = targetToWrite(c)
    const claims = await requireClaims(c, verifyToken)
    const upsert = wantsUpsert(c)
    await buckets.get(target.bucket)
    await probeUpload(sql, claims, target, { upsert, mimeType: null, sizeInBytes: null })
    const url = `${target.bucket}/${target.key}`
    const token = await tokens.sign({ use: 'upload', url, upsert, claims }, UPLOAD_TOKEN_SECONDS)
    return c.json({ url: `/object/upload/sign/${encodePath(url)}?token=${token}`, token })
  })

  app.put('/upload/sign/:bucket/:key{.+}', async (c) => {
    const target = targetToWrite(c)
    const { claims, upsert } = await tokens.verifyUpload(
      c.req.query('token'),
      `${target.bucket}/${target.key}`,
    )
    const upload = await receiveUpload(c, files, await buckets.get(target.bucket))
    await saveUpload(parts, claims, target, upload, upsert)
    return c.json({ Key: `${target.bucket}/${target.key}` })
  })

  async function upload(c: Context, upsert: boolean) {
    const target = targetToWrite(c)
    const claims = await requireClaims(c, verifyToken)
    const bucket = await buckets.get(target.bucket)
    await probeUpload(sql, claims, target, { upsert, ...declaredUpload(c) })
    const { id } = await saveUpload(parts, claims, target, await receiveUpload(c, files, bucket), upsert)
    return c.json({ Id: id, Key: `${target.bucket}/${target.key}` })
  }
  app.post('/:bucket/:key{.+}', (c) => upload(c, wantsUpsert(c)))
  app.put('/:bucket/:key{.+}', (c) => upload(c, true))
  return app
}

/** Percent-encodes each step of a path. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

function targetToWrite(c: Context) {
  const { bucket, key } = targetOf(c)
  return { bucket, key: checkKey(key) }
}

const wantsUpsert = (c: Context) => c.req.header('x-upsert') === 'true'
