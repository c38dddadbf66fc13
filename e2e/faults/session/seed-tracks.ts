import type { Sql } from 'postgres'

/** So long that none ends by itself while people act. */
const durationInMs = 10 * 60_000

/** Puts published tracks into the database. Gives their ids. */
export async function seedTracks(sql: Sql, count: number): Promise<string[]> {
  const trackIds = Array.from({ length: count }, () => crypto.randomUUID())
  for (const [index, trackId] of trackIds.entries()) await publishTrack(sql, trackId, `Song ${index + 1}`)
  return trackIds
}

/** Puts one published track into the database, as the worker does; its sound is not there. */
export async function publishTrack(sql: Sql, trackId: string, title: string): Promise<void> {
  const verified = {
    durationInMs,
    preRollInMs: 3_000,
    waveform: [0, 128, 255],
    playlistPath: `tracks/starter/${trackId}/master.m3u8`,
  }
  await sql`select private.upsert_starter_track(${trackId}, ${title}, 'WhatsSound', ${sql.json(verified)})`
}
