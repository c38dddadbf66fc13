import { spawn } from 'node:child_process'
import type { Stereo } from '#lib/domain/audio/mix-to-stereo.ts'
import { audioFormat } from '#lib/protocol/tracks.ts'

export type FfmpegOptions = {
  ffmpeg: string
  /** The file to decode. */
  file: string
  /** Of longer sound one second more is decoded, so that it is noticed. */
  maxDurationInMs: number
}

/** ffmpeg could not read the file, or only a part of it. */
export class FfmpegError extends Error {
  override readonly name = 'FfmpegError'
}

/**
 * What a file of sound may be. Left out are all formats that name other files or addresses (playlists, concat, SDP, image
 * sequences); MOV's references to other files are off in ffmpeg by itself.
 */
const formats = 'aac,aiff,ape,asf,caf,flac,matroska,mov,mp3,ogg,w64,wav,wv'

/** The shell limits what ffmpeg may take: address space in KiB, seconds of processor, and not a byte written to files. */
const limited = 'ulimit -v 2097152; ulimit -t 600; ulimit -f 0; exec "$@"'

const bytesPerFrame = 2 * Float32Array.BYTES_PER_ELEMENT
/** A second is a block: what follows is measured and encoded in pieces as large. */
const blockInBytes = audioFormat.sampleRate * bytesPerFrame

/**
 * Decodes a file to 48-kHz stereo by a system ffmpeg, which gets no network, no other file, no environment and few
 * resources. It ends when nobody reads on. @throws FfmpegError
 */
export async function* decodeByFfmpeg({
  ffmpeg,
  file,
  maxDurationInMs,
}: FfmpegOptions): AsyncGenerator<Stereo> {
  const input = ['-protocol_whitelist', 'file', '-format_whitelist', formats, '-i', `file:${file}`]
  const output = [
    ...['-map', '0:a:0', '-vn', '-sn', '-dn', '-map_metadata', '-1'],
    ...['-t', String(maxDurationInMs / 1_000 + 1)],
    ...['-ar', String(audioFormat.sampleRate), '-ac', String(audioFormat.channels)],
    ...['-f', 'f32le', '-c:a', 'pcm_f32le', 'pipe:1'],
  ]
  const child = spawn(
    'sh',
    [
      '-c',
      limited,
      'sh',
      ffmpeg,
      '-nostdin',
      '-hide_banner',
      '-v',
      'error',
      '-threads',
      '1',
      ...input,
      ...output,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV } },
  )
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = new Promise<string | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code === 0 ? null : `ended with ${signal ?? code}`))
  })
  // Whoever stops reading is not told how it ended.
  ended.catch(() => undefined)
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, 500)
  })
  try {
    let rest: Buffer = Buffer.alloc(0)
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      while (rest.length >= blockInBytes) {
        yield stereoOf(rest.subarray(0, blockInBytes))
        rest = rest.subarray(blockInBytes)
      }
    }
    const failure = await ended
    if (failure) throw new FfmpegError(`${failure}: ${complaint.trim()}`)
    if (rest.length >= bytesPerFrame) yield stereoOf(rest)
  } finally {
    kill()
    process.off('exit', kill)
  }
}

/** Interleaved samples, taken apart. What is not finite is silence: nothing behind here could deal with it. */
function stereoOf(bytes: Buffer): Stereo {
  const frames = Math.floor(bytes.length / bytesPerFrame)
  const view = new DataView(bytes.buffer, bytes.byteOffset, frames * bytesPerFrame)
  const left = new Float32Array(frames)
  const right = new Float32Array(frames)
  const sampleAt = (byte: number) => {
    const sample = view.getFloat32(byte, true)
    return Number.isFinite(sample) ? sample : 0
  }
  for (let i = 0; i < frames; i++) {
    left[i] = sampleAt(i * bytesPerFrame)
    right[i] = sampleAt(i * bytesPerFrame + Float32Array.BYTES_PER_ELEMENT)
  }
  return { left, right }
}
