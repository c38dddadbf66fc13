import { uploadLimits } from '#lib/domain/limits/upload-limits.ts'
import type { Manifest, MediaFile } from '#lib/protocol/tracks.ts'
import { type RetryDeps, withRetries } from './retry.ts'
import type { TracksApi } from './tracks-api.ts'

const uploadsAtOnce = 4

/** What was to be uploaded is no longer in the browser's store. */
export class SourceLostError extends Error {
  override readonly name = 'SourceLostError'
}

export type UploadMediaOptions = {
  trackId: string
  manifest: Manifest
  api: TracksApi
  readFile: (path: string) => Promise<Blob | null>
  retry: RetryDeps
  onProgress: (share: number) => void
  signal: AbortSignal
}

/** Uploads all files that a manifest names and Storage does not have yet, four at once. */
export async function uploadMedia(options: UploadMediaOptions): Promise<void> {
  const { trackId, manifest, api, readFile, retry, onProgress, signal } = options
  const files = filesOf(manifest)
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const stored = await withRetries(retry, signal, () => api.stored(trackId, signal))
  const done = new Set(stored.map(({ path }) => path))
  const report = () => {
    const doneBytes = files.reduce((sum, { path, bytes }) => sum + (done.has(path) ? bytes : 0), 0)
    onProgress(doneBytes / totalBytes)
  }
  report()

  const upload = async (path: string, url: string) => {
    const content = await readFile(path)
    if (!content) throw new SourceLostError(path)
    await api.put(url, new Blob([content], { type: contentTypeOf(path) }), signal)
    done.add(path)
    report()
  }
  const remaining = files.map(({ path }) => path).filter((path) => !done.has(path))
  for (let i = 0; i < remaining.length; i += uploadLimits.addressesPerRequestMax) {
    const batch = remaining.slice(i, i + uploadLimits.addressesPerRequestMax)
    // A new attempt asks for new addresses, of what is left.
    await withRetries(retry, signal, async () => {
      const paths = batch.filter((path) => !done.has(path))
      if (paths.length === 0) return
      const addresses = await api.addresses(trackId, paths, signal)
      for (const { path, status } of addresses) if (status === 'stored') done.add(path)
      const open = addresses.filter((address) => address.status === 'open')
      await inParallel(uploadsAtOnce, open, ({ path, url }) => upload(path, url))
      report()
    })
  }
}

function filesOf({ renditions, artwork }: Manifest): MediaFile[] {
  const files = renditions.flatMap(({ init, segments }) => [init, ...segments])
  return artwork ? [...files, artwork] : files
}

function contentTypeOf(path: string): string {
  return path.endsWith('.webp') ? 'image/webp' : 'audio/mp4'
}

/** Does something with every item, so many at once; waits for all of them, then throws the first error. */
async function inParallel<T>(
  count: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items]
  const errors: unknown[] = []
  const runOne = async () => {
    for (let item = waiting.shift(); item !== undefined && errors.length === 0; item = waiting.shift()) {
      await work(item).catch((error: unknown) => errors.push(error))
    }
  }
  await Promise.all(Array.from({ length: count }, runOne))
  if (errors.length > 0) throw errors[0]
}
