import { z } from 'zod'
import { isMusicalKey } from '#lib/domain/audio/musical-key.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import {
  type ChangeTrack,
  type LibraryTrack,
  type Manifest,
  refusalCodes,
  restStatuses,
  type StartUpload,
  startedUploadSchema,
  trackSchema,
  trackStatuses,
} from '#lib/protocol/tracks.ts'
import { callFunction, toCodedError } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'

/** Begins an upload, or goes on with it: the id is the browser's. @throws CodedError */
export function startUpload(db: Db, { trackId, title, artist, source }: StartUpload) {
  const args = { p_track_id: trackId, p_title: title, p_artist: artist, p_source: source }
  return callFunction(db, 'start_upload', args, startedUploadSchema)
}

/** Says that everything is uploaded, and wakes the worker; repeating it changes nothing. @throws CodedError */
export function completeUpload(db: Db, trackId: string, manifest: Manifest) {
  const args = { p_track_id: trackId, p_manifest: manifest }
  return callFunction(db, 'complete_upload', args, z.object({ status: z.enum(trackStatuses) }))
}

/** Says that the original is uploaded, and wakes the worker; repeating it changes nothing. @throws CodedError */
export function completeOriginal(db: Db, trackId: string, trimsSilence: boolean) {
  const args = { p_track_id: trackId, p_trims_silence: trimsSilence }
  return callFunction(db, 'complete_original', args, z.object({ status: z.enum(trackStatuses) }))
}

/** Puts the owner's own words in place of a track's name and, where they come along, its tempo and key. @throws CodedError */
export async function changeTrack(db: Db, trackId: string, { title, artist, music }: ChangeTrack) {
  const name = { p_track_id: trackId, p_title: title, p_artist: artist }
  const changed = z.object({ title: z.string(), artist: z.string().nullable() })
  const result = await callFunction(db, 'rename_track', name, changed)
  if (music) {
    const args = { p_track_id: trackId, p_bpm: music.bpm, p_musical_key: music.musicalKey }
    await callFunction(db, 'correct_track', args, z.unknown())
  }
  return result
}

/** @throws CodedError */
export function deleteTrack(db: Db, trackId: string) {
  return callFunction(db, 'delete_track', { p_track_id: trackId }, z.unknown())
}

const columns =
  'id, title, artist, status, refusal_code, is_starter, created_at, duration_ms, pre_roll_ms, waveform, playlist_path, artwork_path, waveform_bands, bpm, bpm_is_estimate, musical_key, key_is_estimate, rest_status'
const libraryMax = 1_000

const rowSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  artist: z.string().nullable(),
  status: z.enum(trackStatuses),
  // A code that is newer than this server is not worth failing for.
  refusal_code: z.enum(refusalCodes).nullable().catch('internal'),
  is_starter: z.boolean(),
  created_at: z.coerce.date(),
  duration_ms: z.number().nullable(),
  pre_roll_ms: z.number().nullable(),
  waveform: z.array(z.number()).nullable(),
  playlist_path: z.string().nullable(),
  artwork_path: z.string().nullable(),
  waveform_bands: z.string().nullable(),
  bpm: z.number().nullable(),
  bpm_is_estimate: z.boolean(),
  musical_key: z.string().nullable(),
  key_is_estimate: z.boolean(),
  rest_status: z.enum(restStatuses).nullable(),
})

/** The person's own tracks, newest first, then the starter tracks. @throws CodedError */
export async function listLibrary(db: Db): Promise<LibraryTrack[]> {
  const { data, error } = await db
    .from('tracks')
    .select(columns)
    .order('is_starter', { ascending: true })
    .order('created_at', { ascending: false })
    .limit(libraryMax)
  if (error) throw toCodedError(error)
  return z.array(rowSchema).parse(data).map(toLibraryTrack)
}

/** One track that the person may see. @throws CodedError `not_found` */
export async function findLibraryTrack(db: Db, trackId: string): Promise<LibraryTrack> {
  const { data, error } = await db.from('tracks').select(columns).eq('id', trackId).maybeSingle()
  if (error) throw toCodedError(error)
  if (!data) throw new CodedError('not_found')
  return toLibraryTrack(rowSchema.parse(data))
}

function toLibraryTrack(row: z.infer<typeof rowSchema>): LibraryTrack {
  const { id, title, artist, status } = row
  return {
    id,
    title,
    artist,
    status,
    refusalCode: row.refusal_code,
    rest: row.rest_status,
    bpm: row.bpm,
    bpmIsEstimate: row.bpm_is_estimate,
    musicalKey: row.musical_key && isMusicalKey(row.musical_key) ? row.musical_key : null,
    keyIsEstimate: row.key_is_estimate,
    isStarter: row.is_starter,
    createdAt: row.created_at.getTime(),
    track:
      status === 'published'
        ? trackSchema.parse({
            id,
            title,
            artist,
            durationInMs: row.duration_ms,
            waveform: row.waveform,
            waveformBands: row.waveform_bands,
            bpm: row.bpm,
            musicalKey: row.musical_key,
            playlistPath: row.playlist_path,
            artworkPath: row.artwork_path,
            preRollInMs: row.pre_roll_ms,
          })
        : null,
  }
}
