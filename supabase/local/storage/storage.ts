import { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { StorageDeps } from '../deps.ts'
import { bucketRoutes } from './bucket-routes.ts'
import { createBucketStore } from './bucket-store.ts'
import { changeRoutes } from './change-routes.ts'
import type { StorageParts } from './context.ts'
import { downloadRoutes } from './download-routes.ts'
import { fromDatabaseError, objectNotFound, StorageError } from './errors.ts'
import { createFiles } from './files.ts'
import { listRoutes } from './list-routes.ts'
import { createPublicObjects } from './object-store.ts'
import { signingRoutes } from './signing-routes.ts'
import { createTokens } from './tokens.ts'
import { drain } from './upload-body.ts'
import { uploadRoutes } from './upload-routes.ts'

/**
 * The embedded Supabase Storage: the bucket and object API that storage-js uses. Rows of `storage.buckets`
 * and `storage.objects` decide what exists and who may do what; the bytes lie in `dataDir`.
 */
export function createStorage({ sql, dataDir, verifyToken, signingKey }: StorageDeps): Hono {
  const parts: StorageParts = {
    sql,
    verifyToken,
    files: createFiles(dataDir),
    buckets: createBucketStore(sql),
    publicObjects: createPublicObjects(sql),
    tokens: createTokens(signingKey),
  }
  const app = new Hono()
  app.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
      exposeHeaders: [
        'Accept-Ranges',
        'Content-Disposition',
        'Content-Encoding',
        'Content-Length',
        'Content-Range',
        'ETag',
        'Last-Modified',
      ],
      maxAge: 86_400,
    }),
  )
  app.get('/status', (c) => c.body(null, 200))
  app.route('/bucket', bucketRoutes(parts))
  // The more particular addresses come first: `/object/sign/...` must not be taken for a bucket named sign.
  app.route('/object', listRoutes(parts))
  app.route('/object', signingRoutes(parts))
  app.route('/object', changeRoutes(parts))
  app.route('/object', uploadRoutes(parts))
  app.route('/object', downloadRoutes(parts))

  app.all('/render/*', () => {
    throw new StorageError(501, 'NotImplemented', 'not_implemented', 'Image transformations are not emulated')
  })

  app.notFound((c) => c.json(toBody(objectNotFound()), 404))
  app.onError(async (error, c) => {
    await drain(c).catch(() => {})
    const refusal = error instanceof StorageError ? error : fromDatabaseError(error)
    const hasLeft = (error as NodeJS.ErrnoException).code === 'ECONNRESET'
    if (hasLeft) return c.body(null, 400)
    if (refusal) return c.json(toBody(refusal), 400)
    console.error('storage:', error)
    return c.json(toBody(new StorageError(500, 'InternalError', 'InternalError', 'Internal error')), 500)
  })
  return app
}

function toBody({ statusCode, code, error, message }: StorageError) {
  return { statusCode: String(statusCode), code, error, message }
}
