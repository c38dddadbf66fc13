import { audioFormat, type RenditionName } from '#lib/protocol/tracks.ts'
import type { RenditionVerdict } from './verify/judge-track.ts'

/**
 * HLS playlists (RFC 8216) of a track: made from what was verified alone, with relative addresses of files that the
 * server itself has looked at.
 */
export function mediaPlaylist({ segmentDurationsInSamples }: RenditionVerdict): string {
  const seconds = segmentDurationsInSamples.map((samples) => samples / audioFormat.sampleRate)
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    // Rounded, not the next higher whole number: that is how clients compare it (RFC 8216, 4.3.3.1).
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.round(Math.max(...seconds)))}`,
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    '#EXT-X-MAP:URI="init.mp4"',
    ...seconds.flatMap((duration, i) => [
      `#EXTINF:${duration.toFixed(6)},`,
      `${String(i + 1).padStart(5, '0')}.m4s`,
    ]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n')
}

export function masterPlaylist(renditions: readonly RenditionVerdict[]): string {
  const { codec, channels } = audioFormat
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...renditions.flatMap(({ name, peakBitrate, averageBitrate }) => [
      `#EXT-X-STREAM-INF:BANDWIDTH=${peakBitrate},AVERAGE-BANDWIDTH=${averageBitrate},CODECS="${codec}",CHANNELS="${channels}"`,
      mediaPlaylistPath(name),
    ]),
    '',
  ].join('\n')
}

export const masterPlaylistPath = 'master.m3u8'
export function mediaPlaylistPath(rendition: RenditionName): string {
  return `${rendition}/index.m3u8`
}
