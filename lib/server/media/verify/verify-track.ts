import { createHash } from 'node:crypto'
import { uploadLimits } from '#lib/domain/limits/upload-limits.ts'
import { type Manifest, type MediaFile, manifestSchema, type Rendition } from '#lib/protocol/tracks.ts'
import type { SegmentFacts } from './inspect-segment.ts'
import type { Inspector } from './inspector.ts'
import {
  judgeInit,
  judgeManifest,
  judgeRendition,
  judgeTogether,
  type Refusal,
  type RenditionVerdict,
} from './judge-track.ts'
import { isStillWebp } from './webp.ts'

export type VerifyDeps = {
  /** The bytes at a path of the track's folder, null where nothing lies; at most `maxBytes`, or `too_large`. */
  download: (path: string, maxBytes: number) => Promise<Uint8Array | 'too_large' | null>
  inspector: Inspector
  signal?: AbortSignal
}

export type VerifiedMedia = { manifest: Manifest; hasArtwork: boolean; renditions: RenditionVerdict[] }
export type Verdict = { ok: true; media: VerifiedMedia } | ({ ok: false } & Refusal)

/**
 * Looks at every byte that a track's manifest names, as it lies in Storage, and says what was found or why the track
 * is refused. Parsing happens in the inspector's process.
 */
export async function verifyTrack(
  deps: VerifyDeps,
  input: { manifest: unknown; maxDurationInMs: number },
): Promise<Verdict> {
  const parsed = manifestSchema.safeParse(input.manifest)
  if (!parsed.success) return refuse({ code: 'rendition_mismatch', detail: parsed.error.message })
  const manifest = parsed.data
  const refusal = judgeManifest(manifest, input.maxDurationInMs)
  if (refusal) return refuse(refusal)

  const verdicts: RenditionVerdict[] = []
  for (const rendition of manifest.renditions) {
    const facts = await inspectRendition(deps, rendition)
    const verdict = 'code' in facts ? facts : judgeRendition(rendition, facts)
    if ('code' in verdict) return refuse(verdict)
    verdicts.push(verdict)
  }
  const together = judgeTogether(manifest, verdicts)
  if (together) return refuse(together)
  return { ok: true, media: { manifest, hasArtwork: await hasArtwork(deps, manifest), renditions: verdicts } }
}

async function inspectRendition(deps: VerifyDeps, claim: Rendition): Promise<SegmentFacts[] | Refusal> {
  const { inspector, signal } = deps
  const { init, segments } = claim
  const initBytes = await fetchFile(deps, init, uploadLimits.initMaxBytes)
  if ('code' in initBytes) return initBytes
  const refusal = judgeInit(claim, await inspector.inspectInit(initBytes))
  if (refusal) return refusal
  const found: SegmentFacts[] = []
  for await (const [segment, bytes] of readAhead(segments, (file) =>
    fetchFile(deps, file, uploadLimits.segmentMaxBytes),
  )) {
    signal?.throwIfAborted()
    if ('code' in bytes) return bytes
    const segmentFacts = await inspector.inspectSegment(initBytes, bytes)
    // No need to read on: this alone refuses the track.
    if (!segmentFacts) return { code: 'segment_mismatch', detail: `${segment.path} is no segment of AAC` }
    found.push(segmentFacts)
  }
  return found
}

const filesAhead = 6

/** Goes through files in their order while the next ones are already on their way. */
async function* readAhead<F, T>(files: readonly F[], read: (file: F) => Promise<T>): AsyncGenerator<[F, T]> {
  const reading: [F, Promise<T>][] = []
  let next = 0
  while (next < files.length || reading.length > 0) {
    for (; next < files.length && reading.length < filesAhead; next++) {
      const file = files[next] as F
      const result = read(file)
      // It is awaited in its turn; until then its failure is nobody's unhandled one.
      result.catch(() => undefined)
      reading.push([file, result])
    }
    const [file, result] = reading.shift() as [F, Promise<T>]
    yield [file, await result]
  }
}

/** A file as claimed, byte for byte, or the refusal. */
async function fetchFile(deps: VerifyDeps, file: MediaFile, maxBytes: number): Promise<Uint8Array | Refusal> {
  if (file.bytes > maxBytes) return { code: 'too_large', detail: `${file.path}: ${file.bytes} bytes` }
  const bytes = await deps.download(file.path, maxBytes)
  if (bytes === null) return { code: 'segment_missing', detail: file.path }
  if (bytes === 'too_large') return { code: 'too_large', detail: file.path }
  const isSame =
    bytes.length === file.bytes && createHash('sha256').update(bytes).digest('hex') === file.sha256
  return isSame ? bytes : { code: 'segment_mismatch', detail: `${file.path} is not what was announced` }
}

/** A picture that is not in order is left out; the music does not suffer for it. */
async function hasArtwork(deps: VerifyDeps, { artwork }: Manifest): Promise<boolean> {
  if (!artwork) return false
  const bytes = await fetchFile(deps, artwork, 5 * 1024 * 1024)
  return !('code' in bytes) && isStillWebp(bytes)
}

function refuse(refusal: Refusal): Verdict {
  return { ok: false, ...refusal }
}
