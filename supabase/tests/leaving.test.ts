import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { catchUpSchema } from '#lib/protocol/envelope.ts'
import { paidTip, payable } from './money.ts'
import { type Actor, person, refused, service, sql } from './people.ts'
import { applyEntitlements, bought } from './plus.ts'
import { publishedTrack, type Room, room } from './rooms.ts'

/**
 * What happens to a person's data in each table, and under which name they take it along. A table that is not named here
 * fails these tests: whoever adds one decides here, and in `erase_traces` and `export_my_data`.
 * - removed: the rows that are the person's, or belong to something of theirs, are gone
 * - anonymised: rows stay that others need, without the person
 * - worker: holds the names of folders until the worker has emptied them, three hours at most
 * - nobody: holds nothing about a person
 */
type Rule = { whenLeaving: 'removed' | 'anonymised' | 'worker' | 'nobody'; taken: string | string[] | null }
const rules: Record<string, Rule> = {
  'public.profiles': { whenLeaving: 'removed', taken: 'profile' },
  'public.follows': { whenLeaving: 'removed', taken: 'follows' },
  'public.blocks': { whenLeaving: 'removed', taken: 'blocks' },
  'public.tracks': { whenLeaving: 'removed', taken: 'tracks' },
  'public.deleted_tracks': { whenLeaving: 'worker', taken: null },
  'public.setlists': { whenLeaving: 'removed', taken: 'setlists' },
  'public.setlist_items': { whenLeaving: 'removed', taken: 'setlists' },
  'public.dj_sessions': { whenLeaving: 'removed', taken: 'sessions' },
  'public.session_members': { whenLeaving: 'removed', taken: 'memberships' },
  'public.session_bans': { whenLeaving: 'anonymised', taken: 'bans' },
  'public.session_invitations': { whenLeaving: 'removed', taken: 'invitations' },
  'public.messages': { whenLeaving: 'removed', taken: 'messages' },
  'public.queue_items': { whenLeaving: 'anonymised', taken: 'queueItems' },
  'public.queue_votes': { whenLeaving: 'removed', taken: 'votes' },
  // The timeline, and the log that says once more what the lists above say.
  'public.playback': { whenLeaving: 'anonymised', taken: null },
  'public.session_events': { whenLeaving: 'anonymised', taken: null },
  // The books keep amounts, and the account at the provider by which they can be given back.
  'public.tips': { whenLeaving: 'anonymised', taken: ['tips', 'receivedTips'] },
  'public.dj_payment_accounts': { whenLeaving: 'removed', taken: 'paymentAccount' },
  'public.tip_currencies': { whenLeaving: 'nobody', taken: null },
  'private.money_settings': { whenLeaving: 'nobody', taken: null },
  // These know tips alone.
  'private.ledger_transactions': { whenLeaving: 'nobody', taken: null },
  'private.ledger_entries': { whenLeaving: 'nobody', taken: null },
  'private.stripe_events': { whenLeaving: 'nobody', taken: null },
  'private.tip_discrepancies': { whenLeaving: 'nobody', taken: null },
  'private.tip_refunds': { whenLeaving: 'nobody', taken: null },
  'private.tip_disputes': { whenLeaving: 'nobody', taken: null },
  'public.entitlements': { whenLeaving: 'removed', taken: 'entitlement' },
  'private.plus_customers': { whenLeaving: 'removed', taken: 'plusCustomer' },
  'private.plus_settings': { whenLeaving: 'nobody', taken: null },
  'private.plan_limits': { whenLeaving: 'nobody', taken: null },
  'private.revenuecat_events': { whenLeaving: 'nobody', taken: null },
  'public.live_streams': { whenLeaving: 'anonymised', taken: 'liveStreams' },
  // Where the sound of a stream lay for some minutes.
  'public.live_segments': { whenLeaving: 'removed', taken: null },
  'private.listening_reports': { whenLeaving: 'removed', taken: 'listeningReports' },
  // Kept for an hour at most.
  'private.signs_of_life': { whenLeaving: 'removed', taken: null },
  'private.notification_settings': { whenLeaving: 'removed', taken: 'notificationSettings' },
  'private.notifications': { whenLeaving: 'removed', taken: 'notifications' },
  'private.push_devices': { whenLeaving: 'removed', taken: 'pushDevices' },
  // Kept for a quarter of an hour.
  'private.push_receipts': { whenLeaving: 'removed', taken: null },
  // Kept for a day, so that a command that is sent twice counts once.
  'private.session_commands': { whenLeaving: 'removed', taken: null },
  // Kept for two hours.
  'private.rate_counters': { whenLeaving: 'removed', taken: null },
  'private.text_messages': { whenLeaving: 'nobody', taken: null },
}

const marker = randomUUID().slice(0, 8)
const ana = {} as Actor
let sol: Actor
let ben: Actor
let party: Room
let own: Room
let tipped: Room
let askedBeforeItLeft: string
/** Whatever would betray that Ana was here: her id and words, and the ids of what is hers. */
const traces: string[] = [marker]
let tablesWithTraces: string[]
let wasBroadcast: boolean
let export_: Record<string, unknown>

async function tables(): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') order by 1`
  return rows.map(({ name }) => name)
}

async function authTables(): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select 'auth.' || c.relname as name from pg_class c
    where c.relnamespace = 'auth'::regnamespace and c.relkind in ('r', 'p') order by 1`
  return rows.map(({ name }) => name)
}

/** The tables with a row in which any column, JSON and all, holds one of the traces. */
async function searchFor(needles: readonly string[], among: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const table of among) {
    const [row] = await sql.unsafe<{ hits: number }[]>(
      `select count(*)::int as hits from ${table} t
       where exists (select from unnest($1::text[]) as needle where position(needle in to_jsonb(t)::text) > 0)`,
      [needles as string[]],
    )
    if (row?.hits) found.push(table)
  }
  return found
}

/** Ana does, in her own session and in Sol's, whatever leaves a row somewhere. */
beforeAll(async () => {
  let eve: Actor
  ;[sol, ben, eve] = await Promise.all([person('DJ Sol'), person('Ben'), person('Eve')])
  Object.assign(ana, await person(`Ana ${marker}`))
  await sql`insert into auth.sessions (id, user_id, user_agent) values (gen_random_uuid(), ${ana.id}, 'Phone')`
  await sql`
    insert into auth.identities (provider, provider_id, user_id, identity_data)
    values ('email', ${ana.id}, ${ana.id}, ${sql.json({ email: `${marker}@example.test` })})`
  await ana.call('update_profile', { p_handle: `ana_${marker}`, p_bio: `Bio ${marker}` })
  await ana.call('follow', { p_user_id: sol.id, p_following: true })
  await ben.call('follow', { p_user_id: ana.id, p_following: true })
  await ana.call('block', { p_user_id: eve.id, p_blocked: true })
  const app = { p_channel: 'expo', p_locale: 'en', p_address: `ExponentPushToken[${marker}]` }
  await ana.call('add_push_device', app)
  await ana.call('save_notification_settings', { p_muted_kinds: [], p_time_zone: 'UTC' })
  await ben.call('add_push_device', { ...app, p_address: `ExponentPushToken[${randomUUID()}]` })
  await sql`
    insert into private.push_receipts (ticket, device_id, ask_at)
    select ${`ticket ${marker}`}, id, now() from private.push_devices where user_id = ${ana.id}`

  const track = await publishedTrack(ana, { title: `Song ${marker}` })
  const gone = await publishedTrack(ana, { title: `Old ${marker}` })
  await ana.call('delete_track', { p_track_id: gone })
  const [setlist] = await ana.query<{ id: string }>(
    `insert into setlists (title) values ('Set ${marker}') returning id`,
  )
  await ana.query(`insert into setlist_items (setlist_id, track_id, position) values ($1, $2, 1)`, [
    setlist?.id,
    track,
  ])

  own = await room(ana, [ben], { title: `Party ${marker}` })
  await ana.call('create_invitation', { p_session_id: own.id })
  await own.command(ben, 'send_message', { p_text: 'nice' })
  await own.ask(ana, track)

  party = await room(sol, [ana, ben, eve])
  const solsTrack = await publishedTrack(sol)
  const another = await publishedTrack(sol)
  await sol.call('set_member_role', { p_session_id: party.id, p_user_id: ana.id, p_role: 'co_dj' })
  await party.command(ana, 'send_message', { p_text: `Hello ${marker}` })
  askedBeforeItLeft = await party.ask(ana, solsTrack)
  await party.command(ana, 'play')
  await party.ask(ana, track)
  await party.command(ana, 'vote', { p_item_id: await party.ask(ben, another), p_voted: true })
  await ana.call('report_listening', { p_session_id: party.id, p_is_listening: true })
  const sign = { p_session_ids: [party.id], p_user_ids: [ana.id], p_every_ms: [8_000], p_watched: [] }
  await service.call('hear_signs', sign)
  const { leaseId } = await ana.call<{ leaseId: string }>('claim_lease', { p_session_id: party.id })
  const streamId = randomUUID()
  await ana.call('start_live', {
    p_session_id: party.id,
    p_lease_id: leaseId,
    p_stream_id: streamId,
    p_mode: 'talk',
    p_starts_at_ms: Date.now(),
    p_duck_gain: 0.2,
  })
  const ownLease = await ana.call<{ leaseId: string }>('claim_lease', { p_session_id: own.id })
  const ownStream = randomUUID()
  await ana.call('start_live', {
    p_session_id: own.id,
    p_lease_id: ownLease.leaseId,
    p_stream_id: ownStream,
    p_mode: 'talk',
    p_starts_at_ms: Date.now(),
    p_duck_gain: 0.2,
  })
  await sql`insert into live_segments ${sql(await aSegment(ownStream))}`
  await sol.call('set_member_role', { p_session_id: party.id, p_user_id: ana.id, p_role: 'moderator' })
  await ana.call('ban_member', { p_session_id: party.id, p_user_id: eve.id })
  const closed = await room(eve, [ana])
  await eve.call('mute_member', { p_session_id: closed.id, p_user_id: ana.id })
  await eve.call('ban_member', { p_session_id: closed.id, p_user_id: ana.id })
  await eve.call('unban_member', { p_session_id: closed.id, p_user_id: ana.id })
  const shut = await room(eve)
  await eve.call('ban_member', { p_session_id: shut.id, p_user_id: ana.id })

  await payable(sol)
  // Sol is somewhere else, and would be told.
  await sol.call('add_push_device', { ...app, p_address: `ExponentPushToken[${randomUUID()}]` })
  tipped = await room(sol, [ana])
  await paidTip(tipped, ana, { p_message: `Thanks ${marker}` })
  await payable(ana)
  await applyEntitlements([bought(ana)])
  await paidTip(own, ben, { p_message: 'For you' })

  traces.push(ana.id, own.id, track, gone, setlist?.id ?? '', ownStream)
  tablesWithTraces = await searchFor(traces, await tables())
  wasBroadcast = (await searchFor(traces, ['realtime.messages'])).length > 0
  export_ = await ana.call('export_my_data')
  await sql`delete from auth.users where id = ${ana.id}`
})

/** A row of live_segments with something in each column that must not be empty. */
async function aSegment(streamId: string): Promise<Record<string, string | number>> {
  const columns = await sql<{ name: string; type: string }[]>`
    select column_name as name, data_type as type from information_schema.columns
    where table_schema = 'public' and table_name = 'live_segments' and is_nullable = 'NO' and column_default is null`
  const entries = columns.map(({ name, type }) => [
    name,
    name === 'stream_id' ? streamId : type === 'text' ? 'a'.repeat(64) : 1,
  ])
  return Object.fromEntries(entries)
}

describe('an account that goes', () => {
  it('has a rule in every table', async () => {
    expect(await tables()).toEqual(Object.keys(rules).sort())
  })

  it('had left something in every table that can hold something', () => {
    const expected = Object.entries(rules).flatMap(([table, { whenLeaving }]) =>
      whenLeaving === 'nobody' ? [] : [table],
    )
    expect(tablesWithTraces).toEqual(expected.sort())
  })

  it('leaves nothing anywhere', async () => {
    const exceptFolders = (await tables()).filter((table) => rules[table]?.whenLeaving !== 'worker')
    expect(await searchFor(traces, [...exceptFolders, ...(await authTables())])).toEqual([])
  })

  it('takes along what Realtime keeps to tell again, and nothing else of it', async () => {
    expect(wasBroadcast).toBe(true)
    expect(await searchFor(traces, ['realtime.messages'])).toEqual([])
    const [{ kept } = { kept: 0 }] = await sql<{ kept: number }[]>`
      select count(*)::int as kept from realtime.messages where topic = ${`session:${party.id}`}`
    expect(kept).toBeGreaterThan(0)
  })

  it('leaves the worker the folders to empty', async () => {
    const rows = await sql<{ prefix: string }[]>`
      select prefix from deleted_tracks where position(${ana.id} in prefix) > 0`
    expect(rows.map(({ prefix }) => prefix.split('/')[0]).sort()).toEqual([
      'avatars',
      'sessions',
      'tracks',
      'tracks',
    ])
  })

  it('leaves the log of others without a gap, and readable', async () => {
    const log = catchUpSchema.parse(await ben.call('events_after', { p_session_id: party.id, p_after: 0 }))
    if ('reset' in log) throw new Error('expected the log')
    expect(log.items.map(({ seq }) => seq)).toEqual(log.items.map((_, index) => index + 1))
    const removed = log.items.filter(({ kind }) => kind === 'chat.removed')
    expect(removed).toHaveLength(1)
  })

  it('leaves the books as they were', async () => {
    const rows = await sql`
      select t.tipper_id = ${ben.id} as by_ben, t.dj_id = ${sol.id} as for_sol, t.amount::int, t.message,
        (select count(*)::int from private.ledger_transactions l where l.tip_id = t.id) as transactions
      from tips t where t.session_id = ${tipped.id} or t.tipper_id = ${ben.id} order by t.begun_at`
    expect(rows).toEqual([
      { by_ben: null, for_sol: true, amount: 1_000, message: null, transactions: 1 },
      { by_ben: true, for_sol: null, amount: 1_000, message: 'For you', transactions: 1 },
    ])
  })

  it('does not stop the music that it asked for', async () => {
    const { playback, queue, messages } = await party.snapshot(ben)
    expect(playback.status).toBe('playing')
    expect(queue.find(({ id }) => id === askedBeforeItLeft)).toMatchObject({ addedBy: sol.id })
    expect(queue.filter(({ addedBy }) => addedBy !== sol.id && addedBy !== ben.id)).toEqual([])
    expect(messages).toEqual([])
  })

  it('tells those who are there', async () => {
    const kinds = (await party.sent()).flatMap(({ items }) => items.map(({ kind }) => kind))
    expect(kinds).toContain('chat.removed')
    expect(kinds).toContain('queue.removed')
  })
})

describe('what one takes along', () => {
  it('has every topic, and something in each', () => {
    for (const [table, { taken }] of Object.entries(rules)) {
      for (const topic of taken === null ? [] : [taken].flat()) {
        const content = export_[topic]
        expect(
          Array.isArray(content) ? content.length : Object.keys(content ?? {}).length,
          table,
        ).toBeGreaterThan(0)
      }
    }
    expect(export_.account).toMatchObject({ id: ana.id })
    expect(export_.identities).toMatchObject([{ provider: 'email' }])
    expect(export_.devices).toMatchObject([{ userAgent: 'Phone' }])
  })

  it('has nothing of others, and no secrets', () => {
    const text = JSON.stringify(export_)
    expect(text).not.toContain('DJ Sol')
    expect(text).not.toContain('nice')
    expect(text).not.toContain('For you')
    expect(text).not.toContain('acct_')
    expect(text).not.toMatch(/token|hash"|password/)
  })

  it('is one’s own, and not asked for without end', async () => {
    const dora = await person('Dora')
    for (let i = 0; i < 6; i++) expect(await dora.call('export_my_data')).toMatchObject({ messages: [] })
    expect(await refused(dora.call('export_my_data'))).toBe('rate_limited')
  })
})
