import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { wav } from '../../e2e/fixtures/wav.ts'
import { makeMusic } from './make-music.ts'

export type FileInFormat = { format: string; file: string }

/** As people have them: the settings of shops, phones and old collections. */
const codecs = [
  { format: 'mp3', options: ['-c:a', 'libmp3lame', '-b:a', '320k'] },
  { format: 'flac', options: ['-c:a', 'flac', '-ar', '44100'] },
  { format: 'm4a', options: ['-c:a', 'aac', '-b:a', '256k', '-ar', '44100'] },
  { format: 'ogg', options: ['-c:a', 'libvorbis', '-q:a', '6'] },
] as const

/** The same music in five formats, or as WAV alone where there is no ffmpeg. */
export async function makeFiles(
  folder: string,
  durationInSeconds: number,
  ffmpeg: string | null,
): Promise<FileInFormat[]> {
  const source = path.join(folder, 'track.wav')
  writeFileSync(source, wav(makeMusic(durationInSeconds)))
  const files: FileInFormat[] = [{ format: 'wav', file: source }]
  if (!ffmpeg) return files
  for (const { format, options } of codecs) {
    const file = path.join(folder, `track.${format}`)
    execFileSync(ffmpeg, ['-v', 'error', '-y', '-i', source, ...options, file])
    files.push({ format, file })
  }
  return files
}
