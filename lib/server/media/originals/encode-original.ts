import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Manifest, RefusalCode, RenditionName } from '#lib/protocol/tracks.ts'
import { encodeApart, NotEncodableError } from '../encode-apart.ts'
import type { MediaStorage } from '../media-storage.ts'
import type { OriginalsStorage } from './originals-storage.ts'

/** An original that waits to be encoded, and what its owner's plan allows. */
export type WaitingOriginal = {
  folder: string
  bucket: string
  trimsSilence: boolean
  maxDurationInMs: number
  maxBytes: number
  renditions: RenditionName[]
}

export type EncodeOriginalDeps = {
  ffmpeg: string
  originals: OriginalsStorage
  storage: Pick<MediaStorage, 'write'>
  /** Null when the track is gone or goes another way. */
  findOriginal: (trackId: string) => Promise<WaitingOriginal | null>
  handOver: (trackId: string, manifest: Manifest) => Promise<void>
  refuse: (trackId: string, code: RefusalCode, detail: string) => Promise<void>
  signal: AbortSignal
  timeLimitInMs?: number
}

const script = fileURLToPath(new URL('./encode-original-child.ts', import.meta.url))

/** A track of 90 minutes takes some minutes, one of four hours some more; what takes far longer is made to. */
const defaultTimeLimitInMs = 90 * 60_000

/**
 * Makes a track's files of its original and hands them over for verification, as its owner's browser would have. Throws
 * where another attempt may help: Storage or the database did not answer, or the worker ends.
 */
export async function encodeOriginal(
  deps: EncodeOriginalDeps,
  trackId: string,
): Promise<'encoded' | 'gone' | RefusalCode> {
  const { ffmpeg, originals, storage, signal } = deps
  const original = await deps.findOriginal(trackId)
  if (!original) return 'gone'
  const { folder, trimsSilence, maxDurationInMs, renditions } = original
  const inTime = AbortSignal.timeout(deps.timeLimitInMs ?? defaultTimeLimitInMs)
  const place = await mkdtemp(path.join(tmpdir(), 'whatssound-original-'))
  const file = path.join(place, 'original')
  try {
    if (!(await originals.copyTo(original, file, signal))) {
      await deps.refuse(trackId, 'segment_missing', 'no original')
      return 'segment_missing'
    }
    const manifest = await encodeApart({
      script,
      args: [ffmpeg, file, String(maxDurationInMs), trimsSilence ? 'trim' : '', renditions.join()],
      onFile: (name, bytes) => storage.write(`${folder}/${name}`, bytes, 'audio/mp4'),
      signal: AbortSignal.any([signal, inTime]),
    })
    await deps.handOver(trackId, manifest)
    await originals.remove(folder)
    return 'encoded'
  } catch (error) {
    signal.throwIfAborted()
    if (!(inTime.aborted || error instanceof NotEncodableError)) throw error
    const [code, detail] =
      error instanceof NotEncodableError
        ? [error.code, error.message]
        : (['internal', 'it took too long'] as const)
    await deps.refuse(trackId, code, detail)
    await originals.remove(folder)
    return code
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}
