import { expect, it } from 'vitest'
import { livePlaylist } from './live-playlist.ts'

const streamId = '3f5f7a8e-0000-4000-8000-000000000001'
const segment = { number: 7, startsAtInMs: 1_800_000_000_123.4, durationInSamples: 47_104, isGap: false }
const mediaUrl = (path: string) => `https://media.test/${path}`

it('says of each segment when it was captured', () => {
  const playlist = livePlaylist(streamId, { hasEnded: false, segments: [segment] }, mediaUrl)
  expect(playlist.split('\n')).toEqual([
    '#EXTM3U',
    '#EXT-X-VERSION:8',
    '#EXT-X-TARGETDURATION:1',
    '#EXT-X-MEDIA-SEQUENCE:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MAP:URI="https://media.test/live/${streamId}/init.mp4"`,
    '#EXT-X-PROGRAM-DATE-TIME:2027-01-15T08:00:00.123Z',
    '#EXTINF:0.981333,',
    `https://media.test/live/${streamId}/0000007.m4s`,
    '',
  ])
})

it('marks what never came, and the end', () => {
  const segments = [segment, { ...segment, number: 8, isGap: true }]
  const lines = livePlaylist(streamId, { hasEnded: true, segments }, mediaUrl).split('\n')
  expect(lines.filter((line) => line === '#EXT-X-GAP')).toHaveLength(1)
  expect(lines.indexOf('#EXT-X-GAP')).toBeGreaterThan(lines.indexOf('#EXTINF:0.981333,'))
  expect(lines.at(-2)).toBe('#EXT-X-ENDLIST')
})
