import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { uploadLimits } from '#lib/domain/limits/upload-limits.ts'
import { myPlanSchema } from '#lib/protocol/plus.ts'
import { type Actor, person, refused, service, sql } from './people.ts'
import { applyEntitlements, bought, letPass, planOf, setUpPlus } from './plus.ts'
import { aSource } from './rooms.ts'

let ana: Actor
let ben: Actor

beforeEach(async () => {
  await setUpPlus('live')
  ;[ana, ben] = await Promise.all([person('Ana'), person('Ben')])
  await applyEntitlements([bought(ana)])
})
afterAll(() => setUpPlus('off'))

const mebibyte = 1024 ** 2
const start = async (who: Actor, source: Record<string, unknown> = aSource) => {
  const id = randomUUID()
  const args = { p_track_id: id, p_title: 'Song', p_source: source }
  const { prefix } = await who.call<{ prefix: string }>('start_upload', args)
  return { id, prefix }
}
const put = (who: Actor, name: string, bucket = 'media') =>
  who.query('insert into storage.objects (bucket_id, name) values ($1, $2)', [bucket, name])
const openSessions = async (who: Actor, count: number) => {
  for (let n = 0; n < count; n++) await who.call('create_session', { p_title: 'Night' })
}

describe('a plan', () => {
  it('is told as it is read, with what Plus gives', async () => {
    for (const who of [ana, ben]) expect(myPlanSchema.parse(await planOf(who))).toEqual(await planOf(who))
    expect((await planOf(ben)).offer).toEqual({
      standard: (await planOf(ben)).limits,
      plus: (await planOf(ana)).limits,
    })
  })

  it('takes nothing from anybody where Plus is not to be had', async () => {
    await setUpPlus('off')
    for (const who of [ana, ben])
      expect(await planOf(who)).toMatchObject({
        plan: 'open',
        offer: null,
        limits: {
          trackMaxInMs: 90 * 60_000,
          originalMaxBytes: uploadLimits.originalMaxBytes,
          sessionsAnHour: 10,
          renditions: ['64k', '128k', '256k'],
        },
      })
    const { prefix } = await start(ben)
    await put(ben, `${prefix}/256k/init.mp4`)
  })

  it('is as long as the installation says, and Plus never shorter', async () => {
    await setUpPlus('live', 30 * 60_000)
    expect((await planOf(ben)).limits.trackMaxInMs).toBe(30 * 60_000)
    expect((await planOf(ana)).limits.trackMaxInMs).toBe(240 * 60_000)
    await setUpPlus('live', 600 * 60_000)
    expect((await planOf(ben)).limits.trackMaxInMs).toBe(600 * 60_000)
    expect((await planOf(ana)).limits.trackMaxInMs).toBe(600 * 60_000)
  })
})

describe('sessions', () => {
  it('are opened ten in an hour, and by who has Plus without a limit, as long as they have it', async () => {
    await openSessions(ben, 10)
    expect(await refused(openSessions(ben, 1))).toBe('rate_limited')
    await openSessions(ana, 15)
    await applyEntitlements([bought(ben)])
    await openSessions(ben, 2)
    await letPass(ben)
    expect(await refused(openSessions(ben, 1))).toBe('rate_limited')
  })

  it('are not opened by a program, with Plus either', async () => {
    await openSessions(ana, 20)
    expect(await refused(openSessions(ana, 1))).toBe('rate_limited')
  })
})

describe('the best rendition', () => {
  it('is put by who has Plus alone, and what is there stays when it ends', async () => {
    const [anas, bens] = [await start(ana), await start(ben)]
    await put(ana, `${anas.prefix}/256k/init.mp4`)
    for (const file of ['64k/init.mp4', '128k/init.mp4', 'artwork.webp'])
      await put(ben, `${bens.prefix}/${file}`)
    expect(await refused(put(ben, `${bens.prefix}/256k/init.mp4`))).toBe('42501')
    await letPass(ana)
    expect(await refused(put(ana, `${anas.prefix}/256k/00001.m4s`))).toBe('42501')
    expect(
      await sql`select from storage.objects where name = ${`${anas.prefix}/256k/init.mp4`}`,
    ).toHaveLength(1)
  })
})

describe('an original', () => {
  const large = { ...aSource, bytes: 201 * mebibyte }

  it('beyond what everybody may upload is put by who has Plus alone, into a bucket of its own', async () => {
    const [anas, bens] = [await start(ana, large), await start(ben, large)]
    expect(await refused(put(ben, bens.prefix, 'large-originals'))).toBe('42501')
    expect(await refused(put(ana, anas.prefix, 'originals'))).toBe('42501')
    await put(ana, anas.prefix, 'large-originals')
    expect(await ana.call('complete_original', { p_track_id: anas.id })).toEqual({ status: 'uploading' })
    const small = await start(ana)
    expect(await refused(put(ana, small.prefix, 'large-originals'))).toBe('42501')
    await put(ana, small.prefix, 'originals')
  })

  it('has a limit with Plus too, which the bucket itself keeps', async () => {
    const tooLarge = await start(ana, { ...aSource, bytes: 1024 * mebibyte + 1 })
    expect(await refused(put(ana, tooLarge.prefix, 'large-originals'))).toBe('42501')
    const [bucket] = await sql`
      select public, file_size_limit::int from storage.buckets where id = 'large-originals'`
    expect(bucket).toEqual({ public: false, file_size_limit: (await planOf(ana)).limits.originalMaxBytes })
  })

  it('is one of ten that a person has waiting, of both sizes together', async () => {
    for (let n = 0; n < 5; n++) await put(ana, (await start(ana)).prefix, 'originals')
    for (let n = 0; n < 5; n++) await put(ana, (await start(ana, large)).prefix, 'large-originals')
    expect(await refused(put(ana, (await start(ana)).prefix, 'originals'))).toBe('42501')
    expect(await refused(put(ana, (await start(ana, large)).prefix, 'large-originals'))).toBe('42501')
  })
})

describe('the worker', () => {
  const limitsFor = async (trackId: string) =>
    (
      await sql`
        select l.plan, l.track_max_ms::int as "trackMaxMs" from tracks t cross join lateral private.limits_of(t.owner_id) l
        where t.id = ${trackId}`
    )[0]

  it('finds the limits of a track by its owner', async () => {
    expect(await limitsFor((await start(ana)).id)).toEqual({ plan: 'plus', trackMaxMs: 14_400_000 })
    expect(await limitsFor((await start(ben)).id)).toEqual({ plan: 'standard', trackMaxMs: 5_400_000 })
  })

  it('says what is to be had here, and nothing that there is not', async () => {
    expect(await refused(service.call('set_up_plans', { p_plus_mode: 'free', p_track_max_ms: 1 }))).toBe(
      '22P02',
    )
  })
})
