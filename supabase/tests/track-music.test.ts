import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { catalogueSchema } from '#lib/protocol/catalogue.ts'
import { trackSchema } from '#lib/protocol/tracks.ts'
import { type Actor, person, refused, service, sql } from './people.ts'
import { aSource, publishedTrack, room, verified } from './rooms.ts'

let ana: Actor
let ben: Actor
let trackId: string

beforeEach(async () => {
  ;[ana, ben] = await Promise.all([person('Ana'), person('Ben')])
  trackId = randomUUID()
  await ana.call('start_upload', { p_track_id: trackId, p_title: 'Song', p_source: aSource })
})

const renditions = (...names: string[]) =>
  names.map((name) => ({ name, averageBitrate: 1_000, peakBitrate: 1_000 }))
const first = renditions('128k')
const all = renditions('64k', '128k', '256k')
const complete = (some: unknown[], who = ana) =>
  who.call('complete_upload', { p_track_id: trackId, p_manifest: { renditions: some } })
const publish = (some: unknown[], more: Record<string, unknown> = {}) =>
  service.call('publish_track', {
    p_track_id: trackId,
    p_verified: { ...verified(90_000), renditions: some, isWhole: some.length === 3, ...more },
  })
const row = async () => (await sql`select * from tracks where id = ${trackId}`)[0]
const put = (who: Actor, file: string) =>
  who.query('insert into storage.objects (bucket_id, name) values ($1, $2)', [
    'media',
    `tracks/${ana.id}/${trackId}/${file}`,
  ])

describe('a track of which the first rendition is there', () => {
  beforeEach(async () => {
    await complete(first)
    await publish(first)
  })

  it('can be played, and says that more follows', async () => {
    expect(await row()).toMatchObject({ status: 'published', rest_status: 'awaited' })
    const party = await room(ana)
    await party.ask(ana, trackId)
    expect(trackSchema.parse((await party.snapshot(ana)).queue[0]?.track).durationInMs).toBe(90_000)
  })

  it('takes the others from its owner alone, and only beside what is there', async () => {
    await put(ana, '64k/init.mp4')
    await put(ana, '256k/00001.m4s')
    expect(await refused(put(ana, '128k/00077.m4s'))).toBe('42501')
    expect(await refused(put(ana, 'artwork.webp'))).toBe('42501')
    expect(await refused(put(ben, '64k/00001.m4s'))).toBe('42501')
  })

  it('becomes whole, and nothing of it changes but its renditions', async () => {
    const before = await row()
    await complete(all)
    expect(await row()).toMatchObject({ status: 'published', rest_status: 'uploaded' })
    expect(await refused(put(ana, '64k/00001.m4s'))).toBe('42501')
    await publish(all, {
      durationInMs: 1,
      title: 'Another',
      waveform: [9],
      playlistPath: 'elsewhere',
      bpm: 99,
    })
    const after = await row()
    expect(after).toEqual({
      ...before,
      rest_status: null,
      renditions: all,
      manifest: { renditions: all },
      uploaded_at: after?.uploaded_at,
    })
  })

  it('is not mistaken when the completion is repeated, before or behind', async () => {
    await complete(first)
    expect(await row()).toMatchObject({ rest_status: 'awaited' })
    await complete(all)
    await publish(all)
    await complete(first)
    await complete(all)
    await publish(all)
    await publish(first)
    expect(await row()).toMatchObject({ status: 'published', rest_status: null, renditions: all })
  })

  it('stays as it is where the others are refused', async () => {
    await complete(all)
    await service.call('refuse_track', { p_track_id: trackId, p_code: 'rendition_mismatch' })
    expect(await row()).toMatchObject({
      status: 'published',
      rest_status: 'refused',
      refusal_code: 'rendition_mismatch',
      renditions: first,
    })
    await complete(all)
    expect(await row()).toMatchObject({ rest_status: 'refused' })
  })

  it('wakes the worker for what follows', async () => {
    const heard: string[] = []
    const { unlisten } = await sql.listen('track_uploaded', (id) => heard.push(id))
    await complete(all)
    await sql.notify('track_uploaded', 'end')
    while (!heard.includes('end')) await new Promise((resolve) => setImmediate(resolve))
    await unlisten()
    expect(heard).toEqual([trackId, 'end'])
  })
})

describe('tempo and key', () => {
  const heard = { bpm: 124.5, musicalKey: 'Am', waveformBands: 'f0a00f' }
  const music = async () => {
    const { bpm, bpm_is_estimate, musical_key, key_is_estimate } = (await row()) ?? {}
    return { bpm: bpm && Number(bpm), bpm_is_estimate, musical_key, key_is_estimate }
  }
  const correct = (who: Actor, p_bpm: number | null, p_musical_key: string | null) =>
    who.call('correct_track', { p_track_id: trackId, p_bpm, p_musical_key })

  beforeEach(async () => {
    await complete(all)
    await publish(all, heard)
  })

  it('are estimates, and travel with the track', async () => {
    expect(await music()).toEqual({
      bpm: 124.5,
      bpm_is_estimate: true,
      musical_key: 'Am',
      key_is_estimate: true,
    })
    const party = await room(ana)
    await party.ask(ana, trackId)
    expect(trackSchema.parse((await party.snapshot(ana)).queue[0]?.track)).toMatchObject(heard)
  })

  it('are what their owner says, also that nobody knows', async () => {
    await correct(ana, 62.25, 'Am')
    expect(await music()).toEqual({
      bpm: 62.3,
      bpm_is_estimate: false,
      musical_key: 'Am',
      key_is_estimate: true,
    })
    await correct(ana, 62.3, null)
    expect(await music()).toMatchObject({ bpm: 62.3, musical_key: null, key_is_estimate: false })
  })

  it('are what one can search for in a session', async () => {
    await sql`update tracks set title = 'Nocturne' where id = ${trackId}`
    await publishedTrack(ana, { title: 'Another' })
    const party = await room(ana)
    const found = async (p_search: string) => {
      const args = { p_session_id: party.id, p_search }
      const { tracks } = catalogueSchema.parse(await ana.call('session_catalogue', args))
      return tracks.filter(({ isStarter }) => !isStarter)
    }
    const nocturne = [{ id: trackId, bpm: 124.5, musicalKey: 'Am' }]
    expect(await found('125')).toMatchObject(nocturne)
    expect(await found('am')).toMatchObject(nocturne)
    expect(await found('noct')).toMatchObject(nocturne)
    expect(await found('')).toHaveLength(2)
  })

  it('are for their owner to say, and must be some', async () => {
    expect(await refused(correct(ben, 100, 'C'))).toBe('not_found')
    for (const bpm of [0, -1, 19.9, 401, Number.NaN]) {
      expect(await refused(correct(ana, bpm, 'C'))).toBe('invalid_input')
    }
    for (const key of ['H', 'am', '', 'C; drop table tracks'])
      expect(await refused(correct(ana, 100, key))).toBe('invalid_input')
    expect(await music()).toMatchObject({ bpm: 124.5, musical_key: 'Am' })
  })

  it('are there for tracks of old too: unknown', async () => {
    trackId = await publishedTrack(ana)
    expect(await music()).toMatchObject({ bpm: null, musical_key: null })
  })
})
