import { randomUUID } from 'node:crypto'
import type { Acknowledgement } from '#lib/protocol/commands.ts'
import { type Envelope, envelopeSchema } from '#lib/protocol/envelope.ts'
import type { Snapshot } from '#lib/protocol/session-state.ts'
import { joinParts, ownSchema, sharedSchema } from '#lib/server/sessions/load-snapshot.ts'
import { type Actor, service, sql } from './people.ts'

type Args = Record<string, unknown>

/** A DJ session with its people already in it. */
export type Room = {
  id: string
  slug: string
  /** Gives a command under an id of its own (or a given one). */
  command: (who: Actor, name: string, args?: Args, commandId?: string) => Promise<Acknowledgement>
  /** As the app hands it over. @throws Error with the code of a refusal, as a command's */
  react: (who: Actor, emoji?: string) => Promise<void>
  snapshot: (who: Actor) => Promise<Snapshot>
  /** Everything that went out on the channel, in order, as clients parse it. */
  sent: () => Promise<Envelope[]>
  /** Asks for a track; answers the id of the item in the queue. */
  ask: (who: Actor, trackId: string) => Promise<string>
  /** Lets time pass for the timeline alone: everything on it lies so much earlier. */
  pass: (milliseconds: number) => Promise<void>
}

/** Opens a session of a DJ, and lets people join it. */
export async function room(
  dj: Actor,
  people: readonly Actor[] = [],
  { visibility = 'public', title = 'Vinyl night' }: { visibility?: string; title?: string } = {},
): Promise<Room> {
  const { id, slug } = await dj.call<{ id: string; slug: string }>('create_session', {
    p_title: title,
    p_visibility: visibility,
  })
  for (const who of people) {
    const invitation =
      visibility === 'private' ? await dj.call('create_invitation', { p_session_id: id }) : undefined
    await who.call('join_session', { p_session_id: id, p_invitation: invitation?.token ?? null })
  }
  const command: Room['command'] = (who, name, args = {}, commandId = randomUUID()) =>
    who.call(name, { p_session_id: id, p_command_id: commandId, ...args })
  const snapshot: Room['snapshot'] = async (who) =>
    joinParts(
      sharedSchema.parse(await service.call('hub_snapshot', { p_session_id: id })),
      ownSchema.parse(await who.call('my_snapshot', { p_session_id: id })),
    )
  return {
    id,
    slug,
    command,
    react: async (who, emoji = '🔥') => {
      const p_reactions = [{ userId: who.id, commandId: randomUUID(), emoji }]
      const [answer] = await service.call<{ code?: string }[]>('react_together', {
        p_session_id: id,
        p_reactions,
      })
      if (answer?.code) throw Object.assign(new Error(answer.code), { code: 'P0001' })
    },
    snapshot,
    sent: async () => {
      const rows = await sql`
        select payload from realtime.messages
        where topic ~ ${`^session:${id}(:[0-9]+)?$`} and event = 'envelope' and private
        order by (payload ->> 'to')::bigint, (payload ->> 'sentAt')::bigint, inserted_at`
      return rows.map(({ payload }) => envelopeSchema.parse(payload))
    },
    ask: async (who, trackId) => {
      await command(who, 'add_to_queue', { p_track_id: trackId })
      const [item] = await sql`
        select id from queue_items where session_id = ${id} and track_id = ${trackId} order by added_at desc limit 1`
      return item?.id
    },
    pass: async (milliseconds) => {
      await sql`
        update playback set current_starts_at_ms = current_starts_at_ms - ${milliseconds}::bigint,
          next_starts_at_ms = next_starts_at_ms - ${milliseconds}::bigint,
          loop_jumps_at_ms = loop_jumps_at_ms - ${milliseconds}::bigint,
          paused_at_ms = paused_at_ms - ${milliseconds}::bigint where session_id = ${id}`
    },
  }
}

export const aSource = { name: 'song.flac', bytes: 1_000, sha256: 'a'.repeat(64) }

export function verified(durationInMs: number, prefix = 'tracks/x'): Record<string, unknown> {
  return {
    durationInMs,
    preRollInMs: 3_000,
    waveform: [0, 128, 255],
    loudnessInLufs: -14.2,
    playlistPath: `${prefix}/master.m3u8`,
    artworkPath: null,
    renditions: [{ name: '128k', averageBitrate: 128_000, peakBitrate: 140_000 }],
  }
}

/** A track of somebody's that has gone the whole way to published. */
export async function publishedTrack(
  owner: Actor,
  { durationInMs = 200_000, title = 'Song' }: { durationInMs?: number; title?: string } = {},
): Promise<string> {
  const id = randomUUID()
  await owner.call('start_upload', { p_track_id: id, p_title: title, p_source: aSource })
  await owner.call('complete_upload', { p_track_id: id, p_manifest: {} })
  await service.call('publish_track', { p_track_id: id, p_verified: verified(durationInMs) })
  return id
}
