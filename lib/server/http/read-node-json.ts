import type { IncomingMessage } from 'node:http'
import { CodedError } from '#lib/protocol/errors.ts'

/**
 * Reads the JSON body of a request on bare node:http, as `readJsonBody` does that of a `Request`.
 * @throws CodedError `invalid_input` when it is no JSON, `too_large` when it is longer than `maxBytes`.
 */
export async function readNodeJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new CodedError('invalid_input', { field: 'content-type' })
  const chunks: Buffer[] = []
  let size = 0
  // Read to its end even when it is too long: the connection stays usable, and the memory does not grow.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= maxBytes) chunks.push(chunk)
  }
  if (size > maxBytes) throw new CodedError('too_large')
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch (cause) {
    throw new CodedError('invalid_input', { field: 'body', cause })
  }
}
