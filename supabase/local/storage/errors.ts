/**
 * A refusal in the form of Supabase Storage. The HTTP status is 400 for every refusal, as the hosted
 * service has it; the meant status is `statusCode` in the body, which storage-js reads.
 */
export class StorageError extends Error {
  readonly statusCode: number
  readonly code: string
  readonly error: string

  constructor(statusCode: number, code: string, error: string, message: string) {
    super(message)
    this.statusCode = statusCode
    this.code = code
    this.error = error
  }
}

export const bucketNotFound = () =>
  new StorageError(404, 'NoSuchBucket', 'Bucket not found', 'Bucket not found')
export const objectNotFound = () => new StorageError(404, 'NoSuchKey', 'not_found', 'Object not found')
export const invalidKey = (key: string) =>
  new StorageError(400, 'InvalidKey', 'InvalidKey', `Invalid key: ${key}`)
export const invalidRequest = (message: string) =>
  new StorageError(400, 'InvalidRequest', 'invalid_request', message)
export const tooLarge = () =>
  new StorageError(413, 'EntityTooLarge', 'Payload too large', 'The object exceeded the maximum allowed size')
export const wrongMimeType = (mimeType: string) =>
  new StorageError(415, 'InvalidMimeType', 'invalid_mime_type', `mime type ${mimeType} is not supported`)
export const invalidToken = (message: string) => new StorageError(400, 'InvalidJWT', 'InvalidJWT', message)
export const unauthorized = (message: string) =>
  new StorageError(403, 'AccessDenied', 'Unauthorized', message)
export const duplicate = () =>
  new StorageError(409, 'ResourceAlreadyExists', 'Duplicate', 'The resource already exists')

/** Turns what PostgreSQL refused into Storage's words; null for an error that is nobody's refusal. */
export function fromDatabaseError(error: unknown): StorageError | null {
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (typeof code !== 'string' || typeof message !== 'string') return null
  if (code === '42501') return unauthorized(message)
  if (code === '23505') return duplicate()
  if (code === '23503') return bucketNotFound()
  // A trigger's `raise exception`, or a value that a column does not take.
  if (code === 'P0001' || code.startsWith('22') || code.startsWith('23')) return invalidRequest(message)
  return null
}
