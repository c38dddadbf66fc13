import { z } from 'zod'
import { CodedError, errorBodySchema, statusByErrorCode } from '#lib/protocol/errors.ts'
import { type Limits, myPlanSchema } from '#lib/protocol/plus.ts'
import {
  addressesSchema,
  type completeOriginalSchema,
  type LibraryTrack,
  libraryTrackSchema,
  type Manifest,
  originalAddressSchema,
  type StartedUpload,
  type StartUpload,
  startedUploadSchema,
  storedSchema,
  trackStatuses,
} from '#lib/protocol/tracks.ts'
import { createWatchdog } from '../watchdog.ts'
import { RetryableError } from './retry.ts'

export type UploadAddress = z.infer<typeof addressesSchema>['addresses'][number]

/** The server as the uploader needs it. Throws `CodedError` for refusals and `RetryableError` for what may pass. */
export type TracksApi = {
  /** What one may upload now. */
  limits: (signal: AbortSignal) => Promise<Limits>
  /** Begins an upload, or says how far an earlier visit got. */
  start: (upload: StartUpload, signal: AbortSignal) => Promise<StartedUpload>
  stored: (trackId: string, signal: AbortSignal) => Promise<{ path: string; bytes: number }[]>
  addresses: (trackId: string, paths: string[], signal: AbortSignal) => Promise<UploadAddress[]>
  /** Puts a file where a signed address says. One that lies there already is as good. */
  put: (address: string, content: Blob, signal: AbortSignal) => Promise<void>
  complete: (trackId: string, manifest: Manifest, signal: AbortSignal) => Promise<void>
  /** Where the file itself goes, for the server to encode; null where it lies there already. */
  originalAddress: (trackId: string, signal: AbortSignal) => Promise<string | null>
  completeOriginal: (trackId: string, trimsSilence: boolean, signal: AbortSignal) => Promise<void>
  find: (trackId: string, signal: AbortSignal) => Promise<LibraryTrack>
  remove: (trackId: string) => Promise<void>
}

export type TracksApiOptions = {
  fetch: typeof globalThis.fetch
  /** Where this browser reaches Supabase; signed addresses are relative to it. */
  supabaseUrl: string
  supabaseKey: string
  /** Who asks is said by the cookies, and another tab may change them: nobody's uploads go into somebody else's library. */
  isSomebodyElseHere: () => boolean
}

/** Who is silent for longer, beside the time for what was sent at the slowest, will not answer any more. */
const longestSilenceInMs = 60_000
/** 64 kbit/s. */
const slowestBytesPerMs = 8
type Answer = { status: number; ok: boolean; text: string }

const passingCodes = new Set(['rate_limited', 'unavailable', 'internal'])
/** A segment is never changed under its path. */
const cacheForAYear = 'max-age=31536000'

export function createTracksApi({
  fetch,
  supabaseUrl,
  supabaseKey,
  isSomebodyElseHere,
}: TracksApiOptions): TracksApi {
  async function send(
    address: string,
    { signal, ...init }: RequestInit & { signal?: AbortSignal | undefined },
  ): Promise<Answer> {
    const bytes = init.body instanceof Blob ? init.body.size : 0
    const watchdog = createWatchdog(longestSilenceInMs + bytes / slowestBytesPerMs, signal)
    try {
      const response = await fetch(address, { ...init, signal: watchdog.signal })
      return { status: response.status, ok: response.ok, text: await response.text() }
    } catch (cause) {
      signal?.throwIfAborted()
      throw new RetryableError('the network did not answer', { cause })
    } finally {
      watchdog.stop()
    }
  }
  async function call<S extends z.ZodType>(
    path: string,
    result: S,
    { method = 'GET', body, signal }: { method?: string; body?: unknown; signal?: AbortSignal } = {},
  ): Promise<z.infer<S>> {
    if (isSomebodyElseHere()) throw new CodedError('not_signed_in')
    const { ok, status, text } = await send(`/api${path}`, {
      method,
      signal,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    })
    if (!ok) throw refusalOf(status, text)
    return result.parse(JSON.parse(text))
  }

  return {
    limits: async (signal) => (await call('/me/plan', myPlanSchema, { signal })).limits,
    start: (upload, signal) => call('/tracks', startedUploadSchema, { method: 'POST', body: upload, signal }),
    stored: async (trackId, signal) =>
      (await call(`/tracks/${trackId}/stored`, storedSchema, { signal })).files,
    addresses: async (trackId, paths, signal) =>
      (
        await call(`/tracks/${trackId}/addresses`, addressesSchema, {
          method: 'POST',
          body: { paths },
          signal,
        })
      ).addresses,
    complete: async (trackId, manifest, signal) => {
      const answer = z.object({ status: z.enum(trackStatuses) })
      await call(`/tracks/${trackId}/complete`, answer, { method: 'POST', body: { manifest }, signal })
    },
    originalAddress: async (trackId, signal) =>
      (await call(`/tracks/${trackId}/original`, originalAddressSchema, { method: 'POST', signal })).url,
    completeOriginal: async (trackId, trimsSilence, signal) => {
      const body = { trimsSilence } satisfies z.infer<typeof completeOriginalSchema>
      await call(`/tracks/${trackId}/original/complete`, z.unknown(), { method: 'POST', body, signal })
    },
    find: (trackId, signal) => call(`/tracks/${trackId}`, libraryTrackSchema, { signal }),
    remove: async (trackId) => void (await call(`/tracks/${trackId}`, z.unknown(), { method: 'DELETE' })),

    async put(address, content, signal) {
      const { ok, status, text } = await send(supabaseUrl + address, {
        method: 'PUT',
        body: content,
        signal,
        headers: { 'content-type': content.type, 'cache-control': cacheForAYear, apikey: supabaseKey },
      })
      if (ok || status === 409 || /"statusCode":\s*"?409/.test(text)) return
      // An address that has expired is refused too; the next attempt asks for a new one.
      throw new RetryableError(`Storage answered ${status}`)
    },
  }
}

function refusalOf(status: number, text: string): Error {
  const parsed = errorBodySchema.safeParse(parseJson(text))
  if (!parsed.success) {
    return status >= 500 || status === 429
      ? new RetryableError(`the server answered ${status}`)
      : new CodedError('internal', { cause: status })
  }
  const { code, field, retryAfterInMs } = parsed.data.error
  if (passingCodes.has(code))
    return new RetryableError(`${code} (${statusByErrorCode[code]})`, { retryAfterInMs })
  return new CodedError(code, { field, retryAfterInMs })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
