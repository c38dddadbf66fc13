import { nameTrack } from '../name-track.ts'
import { sourcePath, type UploadRecord } from './record.ts'
import { withRetries } from './retry.ts'
import type { RunUploadDeps, RunUploadOptions } from './run-upload.ts'
import { untilSettled } from './until-settled.ts'
import { SourceLostError } from './upload-media.ts'
import type { UploadPhase } from './upload-view.ts'

/** Uploads a file as it is, for the server to encode, and waits for the verdict; goes on from wherever it stopped. */
export async function sendOriginal(
  deps: Pick<RunUploadDeps, 'api' | 'store' | 'watchTrack' | 'sleep' | 'random' | 'inUploadTurn'>,
  { id, name, bytes, sha256, trimsSilence }: UploadRecord,
  { onPhase, signal }: Pick<RunUploadOptions, 'onPhase' | 'signal'>,
): Promise<UploadPhase> {
  const { api, store } = deps
  const start = { trackId: id, ...nameTrack({}, name), source: { name, bytes, sha256, trimsSilence } }
  onPhase({ phase: 'uploading', share: 0 })
  const { status } = await withRetries(deps, signal, () => api.start(start, signal))
  if (status === 'uploading') {
    await deps.inUploadTurn(signal, () =>
      withRetries(deps, signal, async () => {
        const url = await api.originalAddress(id, signal)
        if (url) {
          const content = await store.read(id, sourcePath)
          if (!content) throw new SourceLostError(sourcePath)
          await api.put(url, new Blob([content], { type: 'application/octet-stream' }), signal)
        }
        await api.completeOriginal(id, trimsSilence, signal)
      }),
    )
  }
  onPhase({ phase: 'encoding_elsewhere' })
  const track = await untilSettled(
    deps,
    id,
    signal,
    (row) => row.status === 'published' || row.status === 'refused',
  )
  if (track.status === 'refused') return { phase: 'refused', code: track.refusalCode ?? 'internal' }
  return { phase: 'published' }
}
