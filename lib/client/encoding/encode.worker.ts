import type { Stereo } from '#lib/domain/audio/mix-to-stereo.ts'
import { encodeFirst, encodeRest, type FirstEncoded } from '#lib/encoding/encode-track.ts'
import { type PcmSource, pcmFromMemory } from '#lib/encoding/pcm.ts'
import { sha256 } from '#lib/encoding/sha256.ts'
import { artworkPath, type MediaFile, type RenditionName } from '#lib/protocol/tracks.ts'
import { decodeInStream } from './decode-in-stream.ts'
import { encodeArtwork } from './encode-artwork.ts'
import { estimateTempo } from './estimate-tempo.ts'
import { finite } from './finite.ts'
import { probe } from './probe.ts'
import { uploadFiles } from './upload-files.ts'
import { answerCalls } from './worker-call.ts'

export type Sound = {
  /** Null: decode in the worker, piece by piece. */
  pcm: Stereo | null
  durationInMs: number
  maxDurationInMs: number
}
export type EncodeRequest = { userId: string; trackId: string } & (
  | { kind: 'probe'; name: string; maxDurationInMs: number; takesArtwork: boolean }
  | (Sound & { kind: 'first'; artwork: MediaFile | null; trimsSilence: boolean })
  | (Sound & { kind: 'rest'; first: FirstEncoded; names: readonly RenditionName[] })
)

answerCalls<EncodeRequest>(async (request, onProgress) => {
  const { userId, trackId } = request
  const files = uploadFiles(userId)
  const file = await files.read(trackId, 'source')
  if (!file) throw new DOMException('the source is gone', 'NotFoundError')
  const onFile = ({ path, bytes }: { path: string; bytes: Uint8Array<ArrayBuffer> }) =>
    files.write(trackId, path, bytes)
  switch (request.kind) {
    case 'probe': {
      const { name, maxDurationInMs, takesArtwork } = request
      const { result, picture } = await probe({ file, name, maxDurationInMs })
      const isTaken = takesArtwork && result.ok && picture
      return { result, artwork: isTaken ? await keepArtwork(picture.data, onFile) : null }
    }
    case 'first': {
      const { artwork, trimsSilence } = request
      const source = sourceOf(file, request)
      return encodeFirst({ source, artwork, trimsSilence, estimateTempo, onFile, onProgress })
    }
    case 'rest': {
      const { first, names } = request
      return encodeRest({ source: sourceOf(file, request), first, names, onFile, onProgress })
    }
  }
})

function sourceOf(file: Blob, { pcm, durationInMs, maxDurationInMs }: Sound): PcmSource {
  if (!pcm) return decodeInStream(file, durationInMs, maxDurationInMs)
  for (const plane of new Set([pcm.left, pcm.right])) finite(plane)
  return pcmFromMemory(pcm)
}

async function keepArtwork(
  picture: Uint8Array,
  onFile: (file: { path: string; bytes: Uint8Array<ArrayBuffer> }) => Promise<void>,
): Promise<MediaFile | null> {
  const bytes = await encodeArtwork(new Uint8Array(picture))
  if (!bytes) return null
  await onFile({ path: artworkPath, bytes })
  return { path: artworkPath, bytes: bytes.length, sha256: await sha256(bytes) }
}
