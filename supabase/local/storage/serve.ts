import type { FileHandle } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import { isNotModified, rangeApplies } from './conditional.ts'
import { contentDisposition } from './disposition.ts'
import { objectNotFound } from './errors.ts'
import type { Files } from './files.ts'
import { nodeHttp } from './node-http.ts'
import type { ObjectRow } from './object-store.ts'
import { type ByteRange, parseRange } from './range.ts'

/** Up to here a part is read at once: a segment of a player needs no stream. */
const AT_ONCE_IN_BYTES = 1024 * 1024
const CHUNK_IN_BYTES = 256 * 1024

/** Answers GET and HEAD for an object: whole, a range (206), or nothing because the client has it (304). */
export async function serveObject(c: Context, files: Files, object: ObjectRow): Promise<Response> {
  const { status, headers, part } = answerFor(c, object)
  const body = part && c.req.raw.method !== 'HEAD' ? await openPart(files, object.version, part) : null
  const { outgoing } = nodeHttp(c)
  // What the CORS middleware has set is not in our headers.
  outgoing.writeHead(status, { ...Object.fromEntries(c.res.headers), ...headers })
  if (body === null || body instanceof Uint8Array) outgoing.end(body ?? undefined)
  else await pipeline(body, outgoing).catch(() => {}) // The reader has gone away.
  return RESPONSE_ALREADY_SENT
}

type Answer = { status: number; headers: Record<string, string>; part: ByteRange | null }

function answerFor(c: Context, { metadata, name }: ObjectRow): Answer {
  const { size } = metadata
  const requested = c.req.raw.headers
  const validators = { etag: metadata.eTag, lastModified: new Date(metadata.lastModified) }
  const disposition = contentDisposition(c.req.query('download'), name)
  const headers = {
    'accept-ranges': 'bytes',
    'cache-control': metadata.cacheControl,
    etag: validators.etag,
    'last-modified': validators.lastModified.toUTCString(),
    ...(disposition && { 'content-disposition': disposition }),
  }
  if (isNotModified(requested, validators)) return { status: 304, headers, part: null }
  const range = rangeApplies(requested, validators) ? parseRange(requested.get('range'), size) : null
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { 'content-range': `bytes */${size}`, 'content-length': '0' }, part: null }
  }
  const part = range ?? { start: 0, end: size - 1 }
  return {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      'content-type': safeType(metadata.mimetype),
      'content-length': String(part.end - part.start + 1),
      ...(metadata.contentEncoding && { 'content-encoding': metadata.contentEncoding }),
      ...(range && { 'content-range': `bytes ${range.start}-${range.end}/${size}` }),
    },
    part: size === 0 ? null : part,
  }
}

/** The bytes of a part: themselves when they are few, else a stream that closes its file. */
async function openPart(files: Files, version: string, { start, end }: ByteRange) {
  const handle = await files.open(version).catch((error: NodeJS.ErrnoException) => {
    // Replaced or removed since its row was read.
    throw error.code === 'ENOENT' ? objectNotFound() : error
  })
  if (end - start >= AT_ONCE_IN_BYTES)
    return handle.createReadStream({ start, end, highWaterMark: CHUNK_IN_BYTES })
  try {
    return await readExactly(handle, start, end - start + 1)
  } finally {
    await handle.close()
  }
}

async function readExactly(handle: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  for (let at = 0; at < length; ) {
    const { bytesRead } = await handle.read(bytes, at, length - at, start + at)
    if (bytesRead === 0) throw new Error('The file of an object is shorter than its row says')
    at += bytesRead
  }
  return bytes
}

/** Uploaded pages are shown as text, as hosted Storage does it, so that nobody's upload runs as a page of ours. */
function safeType(mimeType: string): string {
  return /^text\/html\b/i.test(mimeType) ? mimeType.replace(/^text\/html/i, 'text/plain') : mimeType
}
