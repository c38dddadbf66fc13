import { z } from 'zod'
import { liveFormat } from '#lib/domain/live/live.ts'
import { liveInitPath, liveSegmentPath } from './live-paths.ts'

export const liveWindowSchema = z.object({
  hasEnded: z.boolean(),
  segments: z
    .array(
      z.object({
        number: z.number().int(),
        startsAtInMs: z.number(),
        durationInSamples: z.number().int(),
        isGap: z.boolean(),
      }),
    )
    .min(1),
})
export type LiveWindow = z.infer<typeof liveWindowSchema>

/**
 * The playlist of a live stream (RFC 8216bis): the newest segments, each with the instant of its capture, by which every
 * listener knows what to play when. `mediaUrl` gives the public address of a path in the bucket.
 */
export function livePlaylist(
  streamId: string,
  { hasEnded, segments }: LiveWindow,
  mediaUrl: (path: string) => string,
): string {
  return [
    '#EXTM3U',
    // EXT-X-GAP is of version 8.
    '#EXT-X-VERSION:8',
    // Rounded, not the next higher whole number: that is how clients compare it (RFC 8216, 4.3.3.1).
    `#EXT-X-TARGETDURATION:${liveFormat.segmentDurationInMs / 1_000}`,
    `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.number}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MAP:URI="${mediaUrl(liveInitPath(streamId))}"`,
    ...segments.flatMap(({ number, startsAtInMs, durationInSamples, isGap }) => [
      `#EXT-X-PROGRAM-DATE-TIME:${new Date(Math.round(startsAtInMs)).toISOString()}`,
      ...(isGap ? ['#EXT-X-GAP'] : []),
      `#EXTINF:${(durationInSamples / liveFormat.sampleRate).toFixed(6)},`,
      mediaUrl(liveSegmentPath(streamId, number)),
    ]),
    ...(hasEnded ? ['#EXT-X-ENDLIST'] : []),
    '',
  ].join('\n')
}
