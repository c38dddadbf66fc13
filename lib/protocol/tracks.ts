import { z } from 'zod'

/** Why a track was refused; the texts are in the messages under `refusals.<code>`. */
export const refusalCodes = [
  'not_audio',
  'empty',
  'truncated',
  'protected',
  'unsupported_codec',
  'too_long',
  'too_large',
  'segment_missing',
  'segment_mismatch',
  'rendition_mismatch',
  'silent_claim',
  'internal',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

export const trackStatuses = ['uploading', 'uploaded', 'published', 'refused'] as const

/** What a listener needs of a track to show and play it. */
export const trackSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  artist: z.string().nullable(),
  durationInMs: z.number().int().positive(),
  /** 0-255 per bucket, the loudest sample of each; as many buckets as the encoder made (about 600). */
  waveform: z.array(z.number().int().min(0).max(255)),
  /** Path in the bucket `media`; the public address is made by `mediaUrl`. */
  playlistPath: z.string(),
  artworkPath: z.string().nullable(),
  /** Silence encoded in front of the music: position 0 is at this media time. */
  preRollInMs: z.number().nonnegative(),
})
export type Track = z.infer<typeof trackSchema>
