import postgres from 'postgres'
import { z } from 'zod'
import type { Command } from '#lib/protocol/commands.ts'
import { leaseSchema } from '#lib/protocol/commands.ts'
import { createdSessionSchema } from '#lib/protocol/session-requests.ts'
import { snapshotSchema } from '#lib/protocol/session-state.ts'
import type { SeededPerson } from '#lib/testing/seed-people.ts'
import { asBrowser } from '../load/join.ts'
import { requestJson } from '../request-json.ts'
import type { Supabase } from './start-supabase.ts'

type CommandBody = Command extends infer C ? (C extends Command ? Omit<C, 'commandId'> : never) : never

export type Room = {
  sessionId: string
  /** The newest event's number. */
  seq: () => Promise<number>
  command: (person: SeededPerson, body: CommandBody) => Promise<void>
  beat: () => Promise<void>
}

const trackInMs = 60 * 60 * 1000

/**
 * A session that is under way: the DJ holds the lease and plays an hour-long track, all others have been members since
 * yesterday. Everything is asked of the app as a browser would; only the track and the memberships go straight into the
 * database.
 */
export async function openRoom(
  supabase: Supabase,
  port: number,
  [dj, ...others]: [SeededPerson, ...SeededPerson[]],
): Promise<Room> {
  const post = (person: SeededPerson, path: string, body: object = {}): Promise<unknown> =>
    requestJson({ port, path, body, headers: asBrowser(port, person.cookie) })

  const { id: sessionId } = createdSessionSchema.parse(
    await post(dj, '/api/sessions', { title: 'Bench', visibility: 'unlisted' }),
  )
  const at = `/api/sessions/${sessionId}`
  const command: Room['command'] = async (person, body) => {
    await post(person, `${at}/commands`, { ...body, commandId: crypto.randomUUID() })
  }
  const snapshot = async () => {
    const headers = asBrowser(port, dj.cookie)
    return snapshotSchema.parse(await requestJson({ port, path: `${at}/snapshot`, method: 'GET', headers }))
  }

  const trackId = await seed(supabase.dbUrl, sessionId, others)
  await command(dj, { kind: 'queue.add', trackId })
  await command(dj, { kind: 'playback.play', itemId: null })
  const { leaseId } = leaseSchema.parse(await post(dj, `${at}/lease`, {}))
  const { rev } = (await snapshot()).playback
  return {
    sessionId,
    command,
    seq: async () => (await snapshot()).seq,
    beat: async () => {
      await post(dj, `${at}/heartbeat`, { leaseId, rev, positionInMs: 60_000, at: Date.now() })
    },
  }
}

/** @returns the id of a track that can be played */
async function seed(dbUrl: string, sessionId: string, people: SeededPerson[]): Promise<string> {
  const sql = postgres(dbUrl, { max: 1, onnotice: () => {} })
  const trackId = crypto.randomUUID()
  const verified = {
    durationInMs: trackInMs,
    preRollInMs: 2_000,
    waveform: [0, 128, 255],
    playlistPath: `tracks/starter/${trackId}/master.m3u8`,
  }
  await sql`select private.upsert_starter_track(${trackId}, 'Bench', 'WhatsSound', ${sql.json(verified)})`
  await sql`
    insert into public.session_members (session_id, user_id, role, joined_at)
    select ${sessionId}, id, 'listener', now() - interval '1 day' from unnest(${people.map(({ userId }) => userId)}::uuid[]) as id`
  await sql`analyze public.session_members`
  await sql.end()
  return z.uuid().parse(trackId)
}
