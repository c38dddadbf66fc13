import postgres from 'postgres'
import type { PaymentsMode } from '#lib/protocol/public-config.ts'
import type { Manifest, RefusalCode, RenditionName, VerifiedTrack } from '#lib/protocol/tracks.ts'
import { trackFolder } from '../media/media-storage.ts'
import type { WaitingOriginal } from '../media/originals/encode-original.ts'
import type { UploadedTrack } from '../media/publish-track.ts'

export type StarterTrack = { trackId: string; title: string; artist: string; verified: VerifiedTrack }
export type DeletedTrack = { trackId: string; folder: string }

/** What the worker asks of the database, on its own few connections; they come back by themselves after a restart. */
export type WorkerDatabase = ReturnType<typeof createWorkerDatabase>

export function createWorkerDatabase(url: string) {
  const sql = postgres(url, {
    max: 4,
    onnotice: () => {},
    connection: { application_name: 'whatssound-worker' },
  })
  /** Calls `onTrack` for every notification, and `onConnected` whenever some may have been missed. */
  const listen = async (channel: string, onTrack: (trackId: string) => void, onConnected: () => void) => {
    await sql.listen(channel, onTrack, onConnected)
  }
  return {
    listen,

    /** Says what this installation's environment says of plans; everything else of them SQL knows. */
    async setUpPlans({ plus, trackMaxInMs }: { plus: PaymentsMode; trackMaxInMs: number }): Promise<void> {
      await sql`select public.set_up_plans(${plus}, ${trackMaxInMs})`
    },

    async findUploadedTrack(trackId: string): Promise<UploadedTrack | null> {
      type Row = { owner_id: string | null; manifest: unknown; published_ms: number | null; max_ms: number }
      const [row] = await sql<Row[]>`
        select owner_id, manifest, case when status = 'published' then duration_ms end as published_ms,
          -- What is published already is not too long any more.
          greatest((private.limits_of(owner_id)).track_max_ms, duration_ms)::float8 as max_ms
        from public.tracks where id = ${trackId} and (status = 'uploaded' or rest_status = 'uploaded')`
      if (!row) return null
      const { owner_id, manifest, published_ms: publishedDurationInMs, max_ms: maxDurationInMs } = row
      return { folder: trackFolder(owner_id, trackId), manifest, publishedDurationInMs, maxDurationInMs }
    },

    async listUploadedTracks(): Promise<string[]> {
      const rows = await sql<{ id: string }[]>`
        select id from public.tracks where status = 'uploaded' or rest_status = 'uploaded'
        order by status = 'published', uploaded_at limit 1000`
      return rows.map(({ id }) => id)
    },

    async findOriginal(trackId: string): Promise<WaitingOriginal | null> {
      type Row = {
        owner_id: string
        bucket: string
        trims_silence: boolean | null
        max_ms: number
        max_bytes: number
        renditions: RenditionName[]
      }
      const [row] = await sql<Row[]>`
        select t.owner_id, private.originals_bucket(t) as bucket, (t.source ->> 'trimsSilence')::boolean as trims_silence,
          l.track_max_ms::float8 as max_ms, l.original_max_bytes::float8 as max_bytes, l.renditions
        from public.tracks t cross join lateral private.limits_of(t.owner_id) l
        where t.id = ${trackId} and t.status = 'uploading' and t.original_at is not null`
      if (!row) return null
      return {
        folder: trackFolder(row.owner_id, trackId),
        bucket: row.bucket,
        trimsSilence: row.trims_silence ?? false,
        maxDurationInMs: row.max_ms,
        maxBytes: row.max_bytes,
        renditions: row.renditions,
      }
    },

    async listOriginals(): Promise<string[]> {
      const rows = await sql<{ id: string }[]>`
        select id from public.tracks where status = 'uploading' and original_at is not null
        order by original_at limit 1000`
      return rows.map(({ id }) => id)
    },

    /** What was made of an original waits for verification from now on. */
    async handOver(trackId: string, manifest: Manifest): Promise<void> {
      await sql`select public.hand_over_encoded(${trackId}, ${sql.json(manifest)})`
    },

    async publish(trackId: string, verified: VerifiedTrack): Promise<void> {
      await sql`select public.publish_track(${trackId}, ${sql.json(verified)})`
    },

    async refuse(trackId: string, code: RefusalCode, detail: string): Promise<void> {
      await sql`select public.refuse_track(${trackId}, ${code}, ${detail.slice(0, 1_000)})`
    },

    async hasStarterTrack(trackId: string): Promise<boolean> {
      const rows =
        await sql`select from public.tracks where id = ${trackId} and is_starter and status = 'published'`
      return rows.length > 0
    },

    async upsertStarterTrack({ trackId, title, artist, verified }: StarterTrack): Promise<void> {
      await sql`select public.upsert_starter_track(${trackId}, ${title}, ${artist}, ${sql.json(verified)})`
    },

    async listDeletedTracks(): Promise<DeletedTrack[]> {
      const rows = await sql<{ track_id: string; prefix: string }[]>`
        select track_id, prefix from public.deleted_tracks order by deleted_at limit 1000`
      return rows.map(({ track_id, prefix }) => ({ trackId: track_id, folder: prefix }))
    },

    /** Upload addresses live for two hours: until none can fill the folder again, it is looked at again. */
    async forgetDeletedTrack(trackId: string): Promise<void> {
      await sql`delete from public.deleted_tracks where track_id = ${trackId} and deleted_at < now() - interval '3 hours'`
    },

    /** Commits next songs and moves on where one ended. */
    async advanceDueSessions(): Promise<void> {
      await sql`select public.advance_due_sessions()`
    },

    /** Sends the state into live rooms where nothing was said for a while. */
    async pingSessions(): Promise<void> {
      await sql`select public.ping_sessions()`
    },

    /** Ends live streams whose browser is gone, and forgets those that ended. */
    async sweepLive(): Promise<void> {
      await sql`select public.sweep_live()`
    },

    /** Forgets what only mattered for a while. */
    async tidyUp(): Promise<void> {
      await sql`select public.tidy_up()`
    },

    async tidyNotifications(): Promise<void> {
      await sql`select public.tidy_notifications()`
    },

    end: () => sql.end({ timeout: 3 }),
  }
}
