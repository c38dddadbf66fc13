import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'

export function findFfmpeg(): string | null {
  const found = spawnSync('sh', ['-c', 'command -v ffmpeg'], { encoding: 'utf8' })
  return found.status === 0 ? found.stdout.trim() : null
}

/** Seconds that ffmpeg takes for what we make of a file: loudness and peaks measured, then three renditions in HLS. */
export function timeFfmpeg(ffmpeg: string, file: string, folder: string): number {
  mkdirSync(folder, { recursive: true })
  const startedAt = performance.now()
  const run = (...options: string[]) =>
    execFileSync(ffmpeg, ['-v', 'error', '-nostats', '-y', '-i', file, ...options])
  run('-af', 'ebur128=peak=true', '-f', 'null', '-')
  const renditions = ['64k', '128k', '256k'].flatMap((bitrate, i) => ['-map', '0:a', `-b:a:${i}`, bitrate])
  const hls = ['-f', 'hls', '-hls_time', '4', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4']
  run(
    ...renditions,
    ...['-af', 'volume=-2dB', '-c:a', 'aac', '-ar', '48000', '-ac', '2'],
    ...hls,
    ...['-var_stream_map', 'a:0 a:1 a:2', '-master_pl_name', 'master.m3u8'],
    path.join(folder, '%v.m3u8'),
  )
  return (performance.now() - startedAt) / 1_000
}
