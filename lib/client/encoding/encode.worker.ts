import type { Stereo } from '#lib/domain/audio/mix-to-stereo.ts'
import { encodeTrack } from '#lib/encoding/encode-track.ts'
import { pcmFromMemory } from '#lib/encoding/pcm.ts'
import { sha256 } from '#lib/encoding/sha256.ts'
import { artworkPath, type MediaFile } from '#lib/protocol/tracks.ts'
import { decodeInStream } from './decode-in-stream.ts'
import { encodeArtwork } from './encode-artwork.ts'
import { probe } from './probe.ts'
import { readUploadFile, writeUploadFile } from './upload-files.ts'
import { answerCalls } from './worker-call.ts'

export type EncodeRequest =
  | { kind: 'probe'; trackId: string; name: string; maxDurationInMs: number }
  | {
      kind: 'encode'
      trackId: string
      /** Null: decode in the worker, piece by piece. */
      pcm: Stereo | null
      durationInMs: number
      maxDurationInMs: number
      artwork: MediaFile | null
    }

answerCalls<EncodeRequest>(async (request, onProgress) => {
  const { trackId, maxDurationInMs } = request
  const file = await readUploadFile(trackId, 'source')
  if (!file) throw new DOMException('the source is gone', 'NotFoundError')
  if (request.kind === 'probe') {
    const { result, picture } = await probe({ file, name: request.name, maxDurationInMs })
    const artwork = result.ok && picture ? await keepArtwork(trackId, picture.data) : null
    return { result, artwork }
  }
  const { pcm, durationInMs, artwork } = request
  const source = pcm ? pcmFromMemory(pcm) : decodeInStream(file, durationInMs, maxDurationInMs)
  const onFile = ({ path, bytes }: { path: string; bytes: Uint8Array<ArrayBuffer> }) =>
    writeUploadFile(trackId, path, bytes)
  return encodeTrack({ source, artwork, onFile, onProgress })
})

async function keepArtwork(trackId: string, picture: Uint8Array): Promise<MediaFile | null> {
  const bytes = await encodeArtwork(new Uint8Array(picture))
  if (!bytes) return null
  await writeUploadFile(trackId, artworkPath, bytes)
  return { path: artworkPath, bytes: bytes.length, sha256: await sha256(bytes) }
}
