import { expect, it } from 'vitest'
import { masterPlaylist, mediaPlaylist } from './playlists.ts'
import type { RenditionVerdict } from './verify/judge-track.ts'

const rendition: RenditionVerdict = {
  name: '128k',
  durationInSamples: 2 * 191_488 + 4_096,
  segmentDurationsInSamples: [191_488, 191_488, 4_096],
  segmentBytes: [60_000, 60_000, 1_000],
  averageBitrate: 127_000,
  peakBitrate: 131_000,
}

it('lists the segments with their true durations', () => {
  expect(mediaPlaylist(rendition).split('\n')).toEqual([
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-TARGETDURATION:4',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    '#EXT-X-MAP:URI="init.mp4"',
    '#EXTINF:3.989333,',
    '00001.m4s',
    '#EXTINF:3.989333,',
    '00002.m4s',
    '#EXTINF:0.085333,',
    '00003.m4s',
    '#EXT-X-ENDLIST',
    '',
  ])
})

it('offers each rendition by a relative address', () => {
  expect(masterPlaylist([rendition])).toContain(
    'BANDWIDTH=131000,AVERAGE-BANDWIDTH=127000,CODECS="mp4a.40.2",CHANNELS="2"\n128k/index.m3u8\n',
  )
  expect(masterPlaylist([rendition])).not.toMatch(/\/\/|\.\./)
})
