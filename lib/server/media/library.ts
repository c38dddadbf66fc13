import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import {
  type LibraryTrack,
  type Manifest,
  refusalCodes,
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

/** @throws CodedError */
export function renameTrack(db: Db, trackId: string, name: { title: string; artist: string | null }) {
  const args = { p_track_id: trackId, p_title: name.title, p_artist: name.artist }
  return callFunction(
    db,
    'rename_track',
    args,
    z.object({ title: z.string(), artist: z.string().nullable() }),
  )
}

/** @throws CodedError */
export function deleteTrack(db: Db, trackId: string) {
  return callFunction(db, 'delete_track', { p_track_id: trackId }, z.unknown())
}

const columns =
  'id, title, artist, status, refusal_code, is_starter, created_at, duration_ms, pre_roll_ms, waveform, playlist_path, artwork_path'
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
            playlistPath: row.playlist_path,
            artworkPath: row.artwork_path,
            preRollInMs: row.pre_roll_ms,
          })
        : null,
  }
}
