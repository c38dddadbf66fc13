import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { Busboy } from '@fastify/busboy'
import type { Context } from 'hono'
import type { Bucket } from './bucket-store.ts'
import { invalidRequest, tooLarge, wrongMimeType } from './errors.ts'
import type { Files, StoredFile } from './files.ts'
import { nodeHttp } from './node-http.ts'

/** An upload that lies on disk, with what its headers or form fields say about it. */
export type ReceivedUpload = StoredFile & {
  mimeType: string
  cacheControl: string
  contentEncoding: string | undefined
  userMetadata: Record<string, unknown> | null
}

/**
 * Reads an upload's body to disk while it comes in: a raw body, or the form that storage-js sends for Blobs
 * (fields `cacheControl`, `metadata`, `contentEncoding`, then the file).
 */
export async function receiveUpload(c: Context, files: Files, bucket: Bucket): Promise<ReceivedUpload> {
  const declared = declaredUpload(c)
  if (declared.mimeType) checkMimeType(bucket, declared.mimeType)
  if (bucket.file_size_limit !== null && (declared.sizeInBytes ?? 0) > bucket.file_size_limit)
    throw tooLarge()
  return declared.isForm ? receiveForm(c, files, bucket) : receiveRaw(c, files, bucket)
}

/** What the headers promise before the body is read; null where they do not say. */
export function declaredUpload(c: Context) {
  const contentType = c.req.header('content-type') ?? 'application/octet-stream'
  const contentLength = Number(c.req.header('content-length') ?? Number.NaN)
  const isForm = /^multipart\/form-data\b/i.test(contentType)
  return {
    isForm,
    mimeType: isForm ? null : contentType,
    sizeInBytes: isForm || Number.isNaN(contentLength) ? null : contentLength,
  }
}

async function receiveRaw(c: Context, files: Files, bucket: Bucket): Promise<ReceivedUpload> {
  const declared = declaredUpload(c)
  const stored = await files.write(nodeHttp(c).incoming, bucket.file_size_limit)
  if (declared.sizeInBytes !== null && declared.sizeInBytes !== stored.size) {
    await files.remove(stored.version)
    throw invalidRequest('The body ended early')
  }
  return {
    ...stored,
    mimeType: declared.mimeType ?? 'application/octet-stream',
    cacheControl: c.req.header('cache-control') ?? 'no-cache',
    contentEncoding: c.req.header('content-encoding'),
    userMetadata: parseMetadata(Buffer.from(c.req.header('x-metadata') ?? '', 'base64').toString('utf8')),
  }
}

async function receiveForm(c: Context, files: Files, bucket: Bucket): Promise<ReceivedUpload> {
  const fields = new Map<string, string>()
  let mimeType = 'application/octet-stream'
  let stored: Promise<StoredFile> | undefined
  const form = new Busboy({
    headers: { 'content-type': c.req.header('content-type') ?? '' },
    limits: { fieldSize: 1024 * 1024, fields: 20, files: 1 },
  })
  form.on('field', (name, value) => fields.set(name, value))
  form.on('file', (_name, file, _fileName, _encoding, type) => {
    mimeType = type
    stored = files.write(file, isAllowed(bucket, type) ? bucket.file_size_limit : 0)
    // Awaited below; until then a failure here must not count as unhandled.
    stored.catch(() => {})
    form.on('error', () => file.destroy(new Error('The form ended early')))
  })
  try {
    await pump(nodeHttp(c).incoming, form)
  } catch (error) {
    const half = await stored?.catch(() => undefined)
    if (half) await files.remove(half.version)
    throw invalidRequest(`The form could not be read: ${error instanceof Error ? error.message : error}`)
  }
  const isWrongType = stored !== undefined && !isAllowed(bucket, mimeType)
  const file = await stored?.catch((error: unknown) => {
    throw isWrongType ? wrongMimeType(mimeType) : error
  })
  if (!file) throw invalidRequest('The form holds no file')
  if (isWrongType) {
    await files.remove(file.version)
    throw wrongMimeType(mimeType)
  }
  const cacheControl = fields.get('cacheControl')
  return {
    ...file,
    mimeType,
    cacheControl: cacheControl === undefined ? 'no-cache' : `max-age=${cacheControl}`,
    contentEncoding: fields.get('contentEncoding'),
    userMetadata: parseMetadata(fields.get('metadata') ?? ''),
  }
}

/** Feeds a form's parser and resolves when it has seen the end of the form. */
function pump(body: Readable, form: Busboy): Promise<void> {
  return new Promise((resolve, reject) => {
    body.on('error', (error) => {
      form.destroy(error)
      reject(error)
    })
    form.on('finish', resolve).on('error', reject)
    body.pipe(form)
  })
}

/** Reads what a client still sends, so that it gets to see a refusal. */
export async function drain(c: Context): Promise<void> {
  const { incoming } = nodeHttp(c)
  if (incoming.readableEnded || incoming.destroyed) return
  incoming.unpipe()
  incoming.resume()
  await finished(incoming, { writable: false })
}

function checkMimeType(bucket: Bucket, mimeType: string): void {
  if (!isAllowed(bucket, mimeType)) throw wrongMimeType(mimeType)
}

/** Whether a bucket takes a type; entries may be `image/*`. Parameters such as a charset do not count. */
function isAllowed(bucket: Bucket, mimeType: string): boolean {
  const allowed = bucket.allowed_mime_types
  if (!allowed || allowed.length === 0) return true
  const essence = mimeType.split(';')[0]?.trim().toLowerCase() ?? ''
  return allowed.some((entry) => {
    const pattern = entry.trim().toLowerCase()
    return (
      pattern === '*/*' ||
      pattern === essence ||
      (pattern.endsWith('/*') && essence.startsWith(pattern.slice(0, -1)))
    )
  })
}

function parseMetadata(text: string): Record<string, unknown> | null {
  if (text === '') return null
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {}
  throw invalidRequest('metadata must be a JSON object')
}
