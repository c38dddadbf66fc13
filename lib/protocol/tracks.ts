import { z } from 'zod'
import { type MusicalKey, musicalKeys } from '#lib/domain/audio/musical-key.ts'
import { limits } from '#lib/domain/limits/limits.ts'
import { uploadLimits } from '#lib/domain/limits/upload-limits.ts'

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
  'internal',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

/**
 * Why an upload stopped in the browser before the server had a say: `needs_https` (no secure context, so no storage and
 * no hashing), `storage_full` and `source_lost` (the browser's own file store), `encoder_failed`, `upload_failed` (the
 * network, after all retries). The texts are under `refusals.<code>` as well.
 */
export const uploadFailureCodes = [
  'needs_https',
  'storage_full',
  'source_lost',
  'encoder_failed',
  'upload_failed',
] as const
export type UploadFailureCode = (typeof uploadFailureCodes)[number]

export const trackStatuses = ['uploading', 'uploaded', 'published', 'refused'] as const
export type TrackStatus = (typeof trackStatuses)[number]

/**
 * What tracks are encoded to, as far as the plan of their owner goes: the best one may be missing. The names are folders in
 * Storage.
 */
export const renditions = [
  { name: '64k', bitrate: 64_000 },
  { name: '128k', bitrate: 128_000 },
  { name: '256k', bitrate: 256_000 },
] as const
export const renditionNames = ['64k', '128k', '256k'] as const
export type RenditionName = (typeof renditionNames)[number]
/** What is made and published first, so that a track can be played while the others are still being made. */
export const firstRendition = renditions[1]

/** Where the renditions are that follow the first of a published track; null where all are there. */
export const restStatuses = ['awaited', 'uploaded', 'refused'] as const
export type RestStatus = (typeof restStatuses)[number]

/** The one audio format of all renditions: AAC-LC in fragmented MP4, 4-s segments, silence in front. */
export const audioFormat = {
  codec: 'mp4a.40.2',
  sampleRate: 48_000,
  channels: 2,
  segmentDurationInMs: 4_000,
  preRollInMs: 3_000,
  /** Samples that every AAC encoder puts in front of the sound; the pre-roll is made shorter by them. */
  primingInSamples: 1_024,
} as const

/** What a listener needs of a track to show and play it. */
export const trackSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  artist: z.string().nullable(),
  durationInMs: z.number().int().positive(),
  /** 0-255 per bucket, the loudest sample of each; as many buckets as the encoder made (about 600). */
  waveform: z.array(z.number().int().min(0).max(255)),
  /** Low, middle and high tones, see `waveformBandsSchema`; older tracks have none. */
  waveformBands: z.string().nullish(),
  bpm: z.number().nullish(),
  musicalKey: z.string().nullish(),
  /** Path in the bucket `media`; the public address is made by `mediaUrl`. */
  playlistPath: z.string(),
  artworkPath: z.string().nullable(),
  /** Silence encoded in front of the music: position 0 is at this media time. */
  preRollInMs: z.number().nonnegative(),
})
export type Track = z.infer<typeof trackSchema>

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)
const titleSchema = z.string().trim().min(1).max(limits.trackTitleMaxLength)
const artistSchema = z.string().trim().min(1).max(limits.trackTitleMaxLength).nullable()
const waveformSchema = z.array(z.number().int().min(0).max(255)).min(1).max(2_000)

/** Three hexadecimal digits a bar, from 0 to f: how strong low, middle and high tones are in it. */
const waveformBandsSchema = z.string().regex(/^(?:[0-9a-f]{3}){1,400}$/)
/** Beats a minute, with one decimal. */
export const bpmSchema = z.number().min(20).max(400)
const musicalKeySchema = z.enum(musicalKeys as readonly [MusicalKey, ...MusicalKey[]])

/** A path inside a track's folder. Nothing else can be uploaded, asked for or named by a playlist. */
export const mediaPathSchema = z
  .string()
  .max(32)
  .regex(/^(?:(?:64k|128k|256k)\/(?:init\.mp4|[0-9]{5}\.m4s)|artwork\.webp)$/)

/** The path of a rendition's segment, counted from 1 as the encoder writes them. */
export function segmentPath(rendition: RenditionName, number: number): string {
  return `${rendition}/${String(number).padStart(5, '0')}.m4s`
}
export function initPath(rendition: RenditionName): string {
  return `${rendition}/init.mp4`
}
export const artworkPath = 'artwork.webp'

const mediaFileSchema = z.strictObject({
  path: mediaPathSchema,
  bytes: z.number().int().positive(),
  sha256: sha256Schema,
})
export type MediaFile = z.infer<typeof mediaFileSchema>

export const renditionSchema = z.strictObject({
  name: z.enum(renditionNames),
  bitrate: z.number().int().positive(),
  init: mediaFileSchema,
  segments: z
    .array(
      mediaFileSchema.extend({
        durationInMs: z.number().positive().max(uploadLimits.segmentMaxDurationInMs),
      }),
    )
    .min(1)
    .max(6_000),
})
export type Rendition = z.infer<typeof renditionSchema>

/**
 * What the encoder says it made, and what `complete_upload` stores. A claim until `verify-track` has looked at every
 * byte. Paths are relative to the track's folder.
 */
export const manifestSchema = z.strictObject({
  version: z.literal(1),
  /** Of the music, without the pre-roll. */
  durationInMs: z.number().int().positive(),
  preRollInMs: z.number().int().nonnegative(),
  waveform: waveformSchema,
  waveformBands: waveformBandsSchema.nullish(),
  /** Estimates; null where nothing was found. */
  bpm: bpmSchema.nullish(),
  musicalKey: musicalKeySchema.nullish(),
  loudness: z.strictObject({
    /** EBU R128, of the source before the gain; null for silence. */
    integratedInLufs: z.number().finite().nullable(),
    truePeakInDbtp: z.number().finite().nullable(),
    /** What was applied at encoding. */
    gainInDb: z.number().finite(),
  }),
  artwork: mediaFileSchema.nullable(),
  renditions: z.array(renditionSchema).min(1).max(renditionNames.length),
})
export type Manifest = z.infer<typeof manifestSchema>

/** Whether a manifest names all renditions that its track will have, and not the first alone. */
export function isWhole(manifest: Pick<Manifest, 'renditions'>): boolean {
  return manifest.renditions.length > 1
}

/** What the server found and hands to `publish_track` as `p_verified`. Paths are whole paths in the bucket `media`. */
export const verifiedTrackSchema = z.strictObject({
  durationInMs: z.number().int().positive(),
  preRollInMs: z.number().int().nonnegative(),
  waveform: waveformSchema,
  waveformBands: waveformBandsSchema.nullable(),
  bpm: bpmSchema.nullable(),
  musicalKey: musicalKeySchema.nullable(),
  /** Whether all renditions are there, or the first alone. */
  isWhole: z.boolean(),
  playlistPath: z.string(),
  artworkPath: z.string().nullable(),
  loudnessInLufs: z.number().finite().nullable(),
  renditions: z.array(
    z.strictObject({
      name: z.enum(renditionNames),
      averageBitrate: z.number().int().positive(),
      peakBitrate: z.number().int().positive(),
    }),
  ),
})
export type VerifiedTrack = z.infer<typeof verifiedTrackSchema>

/** `POST /api/tracks`. The id is made by the browser and makes a repeat harmless. */
export const startUploadSchema = z.strictObject({
  trackId: z.uuid(),
  title: titleSchema,
  artist: artistSchema,
  source: z.strictObject({
    name: z.string().min(1).max(255),
    bytes: z.number().int().positive().max(uploadLimits.sourceMaxBytes),
    sha256: sha256Schema,
    /** Whether the silence at both ends is to go, where the server encodes it. */
    trimsSilence: z.boolean().optional(),
  }),
})
export type StartUpload = z.infer<typeof startUploadSchema>
/** The folder in the bucket `media` that the upload fills, and how far an earlier visit got: `uploading` when it is new. */
export const startedUploadSchema = z.object({ prefix: z.string(), status: z.enum(trackStatuses) })
export type StartedUpload = z.infer<typeof startedUploadSchema>

/** `POST /api/tracks/[id]/addresses` */
export const addressesRequestSchema = z.strictObject({
  paths: z.array(mediaPathSchema).min(1).max(uploadLimits.addressesPerRequestMax),
})
/** One signed address a path, good for one upload; `stored` where the path holds an object already. */
export const addressesSchema = z.object({
  addresses: z.array(
    z.discriminatedUnion('status', [
      z.object({ path: mediaPathSchema, status: z.literal('open'), url: z.string() }),
      z.object({ path: mediaPathSchema, status: z.literal('stored') }),
    ]),
  ),
})

/** `GET /api/tracks/[id]/stored`: what lies in the track's folder by now. */
export const storedSchema = z.object({
  files: z.array(z.object({ path: mediaPathSchema, bytes: z.number().int().nonnegative() })),
})

/** `POST /api/tracks/[id]/complete` */
export const completeUploadSchema = z.strictObject({ manifest: manifestSchema })

/** `POST /api/tracks/[id]/original`: where the original goes; null where it lies there already. */
export const originalAddressSchema = z.object({ url: z.string().nullable() })

/** `POST /api/tracks/[id]/original/complete`: it is there, and is to be encoded. */
export const completeOriginalSchema = z.strictObject({ trimsSilence: z.boolean() })

/** `PATCH /api/tracks/[id]`: the name, and where they come along the owner's word on tempo and key. */
export const changeTrackSchema = z.strictObject({
  title: titleSchema,
  artist: artistSchema,
  music: z.strictObject({ bpm: bpmSchema.nullable(), musicalKey: musicalKeySchema.nullable() }).optional(),
})
export type ChangeTrack = z.infer<typeof changeTrackSchema>

/** A row of one's own library: published or on its way. */
export const libraryTrackSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  artist: z.string().nullable(),
  status: z.enum(trackStatuses),
  refusalCode: z.enum(refusalCodes).nullable(),
  rest: z.enum(restStatuses).nullable(),
  bpm: z.number().nullable(),
  /** Whether the encoder heard it so, or the owner said it. */
  bpmIsEstimate: z.boolean(),
  musicalKey: musicalKeySchema.nullable(),
  keyIsEstimate: z.boolean(),
  isStarter: z.boolean(),
  createdAt: z.number(),
  /** Null until it is published. */
  track: trackSchema.nullable(),
})
export type LibraryTrack = z.infer<typeof libraryTrackSchema>

/** `GET /api/tracks`: one's own tracks, newest first, then the starter tracks. */
export const librarySchema = z.object({ tracks: z.array(libraryTrackSchema) })
export type Library = z.infer<typeof librarySchema>
