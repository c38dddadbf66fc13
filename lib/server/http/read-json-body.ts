import { CodedError } from '#lib/protocol/errors.ts'

/**
 * Reads a JSON body of at most `maxBytes`, counting what arrives and not what the header claims.
 * @throws CodedError `invalid_input` when it is no JSON, `too_large` when it is longer.
 */
export async function readJsonBody(request: Request, maxBytes: number): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new CodedError('invalid_input', { field: 'content-type' })
  const text = new TextDecoder().decode(await readBytes(request, maxBytes))
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CodedError('invalid_input', { field: 'body', cause })
  }
}

/** @throws CodedError `too_large` as soon as more than `maxBytes` have arrived. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw new CodedError('too_large')
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw new CodedError('too_large')
    chunks.push(chunk)
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}
