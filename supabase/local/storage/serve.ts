import type { FileHandle } from 'node:fs/promises'
import type { Context } from 'hono'
import { isNotModified, rangeApplies } from './conditional.ts'
import { contentDisposition } from './disposition.ts'
import { objectNotFound } from './errors.ts'
import type { Files } from './files.ts'
import type { ObjectRow } from './object-store.ts'
import { parseRange } from './range.ts'

const CHUNK_IN_BYTES = 256 * 1024
/** Up to here a part is read at once: one system call and no stream for a segment of a player. */
const AT_ONCE_IN_BYTES = 1024 * 1024

/** Answers GET and HEAD for an object: whole, a range (206), or nothing because the client has it (304). */
export async function serveObject(c: Context, files: Files, object: ObjectRow): Promise<Response> {
  const { metadata } = object
  const validators = { etag: metadata.eTag, lastModified: new Date(metadata.lastModified) }
  const headers = new Headers({
    'accept-ranges': 'bytes',
    'cache-control': metadata.cacheControl,
    etag: validators.etag,
    'last-modified': validators.lastModified.toUTCString(),
  })
  const disposition = contentDisposition(c.req.query('download'), object.name)
  if (disposition) headers.set('content-disposition', disposition)
  if (isNotModified(c.req.raw.headers, validators)) return new Response(null, { status: 304, headers })

  headers.set('content-type', safeType(metadata.mimetype))
  if (metadata.contentEncoding) headers.set('content-encoding', metadata.contentEncoding)
  const { size } = metadata
  const asked = rangeApplies(c.req.raw.headers, validators) ? parseRange(c.req.header('range'), size) : null
  if (asked === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } })
  }
  const range = asked ?? { start: 0, end: size - 1 }
  headers.set('content-length', String(range.end - range.start + 1))
  if (asked) headers.set('content-range', `bytes ${range.start}-${range.end}/${size}`)
  const status = asked ? 206 : 200
  if (c.req.raw.method === 'HEAD') return new Response(null, { status, headers })
  return new Response(await readPart(files, object.version, range.start, range.end + 1), { status, headers })
}

async function readPart(files: Files, version: string, start: number, end: number) {
  const handle = await files.open(version).catch((error: NodeJS.ErrnoException) => {
    // Replaced or removed since its row was read.
    throw error.code === 'ENOENT' ? objectNotFound() : error
  })
  if (end - start > AT_ONCE_IN_BYTES) return streamPart(handle, start, end)
  try {
    const part = new Uint8Array(end - start)
    for (let at = 0; at < part.byteLength; ) {
      const { bytesRead } = await handle.read(part, at, part.byteLength - at, start + at)
      if (bytesRead === 0) throw new Error(`The file of version ${version} is too short`)
      at += bytesRead
    }
    return part
  } finally {
    await handle.close()
  }
}

function streamPart(handle: FileHandle, start: number, end: number): ReadableStream<Uint8Array> {
  let position = start
  return new ReadableStream({
    async pull(controller) {
      const length = Math.min(CHUNK_IN_BYTES, end - position)
      const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, position)
      position += bytesRead
      if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead))
      if (bytesRead === 0 && position < end) throw new Error('The file is too short')
      if (position < end) return
      controller.close()
      await handle.close()
    },
    cancel: () => handle.close(),
  })
}

/** Uploaded pages are shown as text, as hosted Storage does it, so that nobody's upload runs as a page of ours. */
function safeType(mimeType: string): string {
  return /^text\/html\b/i.test(mimeType) ? mimeType.replace(/^text\/html/i, 'text/plain') : mimeType
}
