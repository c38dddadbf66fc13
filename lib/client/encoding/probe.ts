import {
  AdtsInputFormat,
  ALL_FORMATS,
  type AttachedImage,
  BlobSource,
  HlsInputFormat,
  Input,
  type InputAudioTrack,
} from 'mediabunny'
import { z } from 'zod'
import { uploadLimits } from '#lib/domain/limits/upload-limits.ts'
import { refusalCodes } from '#lib/protocol/tracks.ts'
import { isCutOff } from './cut-off.ts'
import { nameTrack } from './name-track.ts'

/** What a file turned out to be, before anything of it is decoded. */
export const probeSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    title: z.string(),
    artist: z.string().nullable(),
    /** By its packets, not by what its header says. */
    durationInMs: z.number().positive(),
  }),
  z.object({ ok: z.literal(false), code: z.enum(refusalCodes) }),
])
export type Probe = z.infer<typeof probeSchema>

export type ProbeOptions = { file: Blob; name: string; maxDurationInMs: number }

// A playlist names other files and is no track.
const formats = ALL_FORMATS.filter((format) => !(format instanceof HlsInputFormat))
const protectedSampleEntries = new Set<unknown>(['enca', 'drms', 'drmi'])

/** Opens a file for reading. The caller disposes it. */
export function openInput(file: Blob): Input {
  return new Input({ source: new BlobSource(file), formats })
}

/** Says what a file is, or why it is refused. The picture comes beside it, since it needs care of its own. */
export async function probe(
  options: ProbeOptions,
): Promise<{ result: Probe; picture: AttachedImage | null }> {
  const { file, name, maxDurationInMs } = options
  const refuse = (code: (typeof refusalCodes)[number]) => ({
    result: { ok: false as const, code },
    picture: null,
  })
  if (file.size === 0) return refuse('empty')
  if (file.size > uploadLimits.sourceMaxBytes) return refuse('too_large')
  // Before anything parses it: there are cut files in which a demuxer seeks for ever.
  if (await isCutOff(file)) return refuse('truncated')
  const input = openInput(file)
  try {
    if (!(await input.canRead())) return refuse('not_audio')
    const track = await input.getPrimaryAudioTrack()
    if (!track) return refuse('not_audio')
    if (protectedSampleEntries.has(await track.getInternalCodecId())) return refuse('protected')
    if ((await track.getCodec()) === null) return refuse('unsupported_codec')
    if (await isFalseFriend(input, track)) return refuse('not_audio')
    const declaredInMs = ((await track.getDurationFromMetadata()) ?? 0) * 1000
    if (declaredInMs > maxDurationInMs) return refuse('too_long')
    const durationInMs = (await track.computeDuration()) * 1000
    if (!(durationInMs > 0)) return refuse('empty')
    if (durationInMs > maxDurationInMs) return refuse('too_long')
    if (declaredInMs - durationInMs > toleratedLossInMs(declaredInMs)) return refuse('truncated')
    const tags = await input
      .getMetadataTags()
      .catch(() => ({}) as Awaited<ReturnType<Input['getMetadataTags']>>)
    const picture = tags.images?.find((image) => image.kind === 'coverFront') ?? tags.images?.[0] ?? null
    return { result: { ok: true, ...nameTrack(tags, name), durationInMs }, picture }
  } catch {
    return refuse('not_audio')
  } finally {
    input.dispose()
  }
}

/** Headers round, and encoders pad: a second or two in a hundred is not "cut off". */
export function toleratedLossInMs(declaredInMs: number): number {
  return Math.max(500, declaredInMs * 0.02)
}

/**
 * The frames of MP3 and ADTS are found by eleven set bits, which text and noise contain by chance. Real sound is packet
 * after packet; chance leaves one or two in a large file.
 */
async function isFalseFriend(input: Input, track: InputAudioTrack): Promise<boolean> {
  const format = await input.getFormat()
  if (format.mimeType !== 'audio/mpeg' && !(format instanceof AdtsInputFormat)) return false
  const { packetCount } = await track.computePacketStats(4)
  return packetCount < 4
}
