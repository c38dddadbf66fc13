import { describe, expect, it } from 'vitest'
import { sql } from './people.ts'

/**
 * Everything that clients may do with tables, by column. A table, column or right that is not named here fails these
 * tests: whoever adds one decides here who may touch it.
 */
const allowed: Record<
  string,
  Partial<Record<'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE', string[] | 'all'>>
> = {
  profiles: { SELECT: 'all' },
  follows: { SELECT: 'all' },
  blocks: { SELECT: 'all' },
  tracks: { SELECT: 'all' },
  dj_sessions: {
    SELECT: [
      'id',
      'slug',
      'dj_id',
      'title',
      'artwork_path',
      'visibility',
      'status',
      'requests_open',
      'started_at',
      'ended_at',
    ],
  },
  session_members: { SELECT: ['session_id', 'user_id', 'role', 'joined_at'] },
  session_bans: { SELECT: 'all' },
  session_invitations: {
    SELECT: ['id', 'session_id', 'created_by', 'created_at', 'expires_at', 'max_uses', 'uses', 'revoked_at'],
  },
  messages: { SELECT: 'all' },
  queue_items: { SELECT: 'all' },
  queue_votes: { SELECT: 'all' },
  setlists: { SELECT: 'all', INSERT: ['id', 'title'], UPDATE: ['title'], DELETE: 'all' },
  setlist_items: {
    SELECT: 'all',
    INSERT: ['id', 'setlist_id', 'track_id', 'position', 'note'],
    UPDATE: ['position', 'note'],
    DELETE: 'all',
  },
  tip_currencies: { SELECT: 'all' },
  dj_payment_accounts: {
    SELECT: [
      'user_id',
      'livemode',
      'charges_enabled',
      'payouts_enabled',
      'details_submitted',
      'requirements_due',
      'disabled_reason',
      'looked_up_at',
    ],
  },
  tips: {
    SELECT: [
      'id',
      'session_id',
      'dj_id',
      'amount',
      'currency',
      'message',
      'is_anonymous',
      'shows_amount',
      'status',
      'refunded_amount',
      'begun_at',
      'paid_at',
    ],
  },
  entitlements: { SELECT: 'all' },
  playback: {},
  session_events: {},
  deleted_tracks: {},
  live_streams: {},
  live_segments: {},
}

/** Who may call which function of the API. */
const forEverybody = ['live_sessions', 'session_by_slug', 'profile_page']
const forTheServer = [
  'publish_track',
  'hand_over_encoded',
  'receive_original',
  'refuse_track',
  'upsert_starter_track',
  'advance_due_sessions',
  'ping_sessions',
  'tidy_up',
  'hub_log',
  'hub_channel',
  'hub_members_among',
  'hub_snapshot',
  'touch_members',
  'hear_signs',
  'react_together',
  'publish_live_segment',
  'live_playlist',
  'sweep_live',
  'count_code',
  'count_code_try',
  'count_sent_code',
  'forget_code_tries',
  'forget_code_pause',
  'claim_notifications',
  'settle_notification',
  'forget_push_devices',
  'keep_push_receipts',
  'claim_push_receipts',
  'tidy_notifications',
  'payment_account',
  'remember_payment_account',
  'apply_payment_account',
  'forget_payment_account',
  'tip_to_open',
  'tip_opened',
  'apply_tip_facts',
  'ledger_summary',
  'apply_entitlements',
  'plus_customers_since',
  'set_up_plans',
  'claim_due_tips',
  'claim_due_plus_customers',
]
/** What policies call with the rights of the person. */
const forPolicies = [
  'my_session_ids',
  'my_session_ids_with',
  'may_hear',
  'may_meet_own_devices',
  'may_upload',
  'may_upload_original',
]

type Table = { schema: string; name: string; rls: boolean; oid: number }
const tables = () => sql<Table[]>`
  select n.nspname as schema, c.relname as name, c.relrowsecurity as rls, c.oid::int
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm', 'f')
  order by 1, 2`

type Func = {
  schema: string
  name: string
  definer: boolean
  config: string[] | null
  callers: string[]
  isTrigger: boolean
}
const functions = () => sql<Func[]>`
  select n.nspname as schema, p.proname as name, p.prosecdef as definer, p.proconfig as config,
    p.prorettype = 'trigger'::regtype as "isTrigger",
    array(select r from unnest(array['anon', 'authenticated', 'service_role']) r
      where has_function_privilege(r, p.oid, 'execute')) as callers
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('public', 'private') order by 1, 2`

describe('every table', () => {
  it('has row level security', async () => {
    const all = await tables()
    expect(all.length).toBeGreaterThan(10)
    expect(all.filter(({ rls }) => !rls)).toEqual([])
  })

  it('of the API is named above, and private ones are out of reach', async () => {
    const all = await tables()
    expect(all.flatMap(({ schema, name }) => (schema === 'public' ? [name] : [])).sort()).toEqual(
      Object.keys(allowed).sort(),
    )
    const [reach] = await sql`
      select count(*)::int as count from unnest(array['anon', 'authenticated', 'service_role']) r, pg_class c
      where c.relnamespace = 'private'::regnamespace and c.relkind = 'r'
        and has_table_privilege(r, c.oid, 'select, insert, update, delete, truncate, references, trigger')`
    expect(reach?.count).toBe(0)
  })

  it('gives anon nothing and signed-in people exactly what is named, column by column (attack 6)', async () => {
    const rights = await sql<{ role: string; table: string; column: string; operation: string }[]>`
      select r as role, c.relname as table, a.attname as column, o as operation
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped,
        unnest(array['anon', 'authenticated']) r, unnest(array['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) o
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
        and has_column_privilege(r, c.oid, a.attnum, o)
      union all
      select r, c.relname, '*', o
      from pg_class c, unnest(array['anon', 'authenticated']) r, unnest(array['DELETE', 'TRUNCATE', 'TRIGGER', 'MAINTAIN']) o
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
        and has_table_privilege(r, c.oid, o)`
    const columns = await sql<{ table: string; column: string }[]>`
      select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`
    const expected = Object.entries(allowed).flatMap(([table, operations]) =>
      Object.entries(operations).flatMap(([operation, named]) => {
        if (operation === 'DELETE') return [`authenticated ${operation} ${table}.*`]
        const all = columns.flatMap((row) => (row.table === table ? [row.column] : []))
        return (named === 'all' ? all : named).map(
          (column) => `authenticated ${operation} ${table}.${column}`,
        )
      }),
    )
    const found = rights.map(
      ({ role, table, column, operation }) => `${role} ${operation} ${table}.${column}`,
    )
    expect(found.sort()).toEqual(expected.sort())
  })

  it('has one policy for each right that is granted, for signed-in people, and none beyond', async () => {
    const policies = await sql<{ table: string; operation: string; roles: string[]; text: string }[]>`
      select tablename as table, cmd as operation, roles::text[] as roles, coalesce(qual, '') || coalesce(with_check, '') as text
      from pg_policies where schemaname in ('public', 'private') and permissive = 'PERMISSIVE' order by 1`
    const expected = Object.entries(allowed).flatMap(([table, operations]) =>
      Object.keys(operations).length === 0 ? [] : [`${table} ${operations.INSERT ? 'ALL' : 'SELECT'}`],
    )
    expect(policies.map(({ table, operation }) => `${table} ${operation}`).sort()).toEqual(expected.sort())
    for (const { roles, text } of policies) {
      expect(roles).toEqual(['authenticated'])
      expect(text).not.toContain('user_metadata')
    }
  })

  it('that is new is closed until somebody opens it', async () => {
    await sql
      .begin(async (tx) => {
        await tx`create table public.brand_new (id int primary key)`
        const rights = await tx`
          select r, o from unnest(array['anon', 'authenticated']) r, unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) o
          where has_table_privilege(r, 'public.brand_new', o)`
        expect(rights).toEqual([])
        throw new Error('rolled back')
      })
      .catch((error) => {
        if (error.message !== 'rolled back') throw error
      })
  })

  it('of money is written by nobody, the server included', async () => {
    const rights = await sql`
      select r as role, t as table, o as operation
      from unnest(array['anon', 'authenticated', 'service_role']) r,
        unnest(array['tips', 'tip_currencies', 'dj_payment_accounts', 'entitlements']) t,
        unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) o
      where has_table_privilege(r, 'public.' || t, o)`
    expect(rights).toEqual([])
  })

  it('has an index behind every foreign key', async () => {
    const missing = await sql`
      select con.conrelid::regclass::text as table, con.conname as key
      from pg_constraint con
      where con.contype = 'f' and con.connamespace in ('public'::regnamespace, 'private'::regnamespace)
        and not exists (
          select from pg_index i where i.indrelid = con.conrelid
            and (i.indkey::int2[])[0:array_length(con.conkey, 1) - 1] = con.conkey)`
    expect(missing).toEqual([])
  })
})

describe('every function', () => {
  it('has an empty search path', async () => {
    const loose = (await functions()).filter(({ config }) => !config?.includes('search_path=""'))
    expect(loose).toEqual([])
  })

  it('of the API has only the rights of its caller; what is security definer is not exposed', async () => {
    const definers = (await functions()).filter(({ schema, definer }) => schema === 'public' && definer)
    expect(definers).toEqual([])
  })

  it('is called by exactly those it is meant for (attack 25)', async () => {
    const all = await functions()
    const api = new Set(all.flatMap(({ schema, name }) => (schema === 'public' ? [name] : [])))
    expect(api.size).toBeGreaterThan(30)
    const callersOf = (name: string): string[] => {
      if (forEverybody.includes(name)) return ['anon', 'authenticated']
      if (forTheServer.includes(name)) return ['service_role']
      return api.has(name) || forPolicies.includes(name) ? ['authenticated'] : []
    }
    const wrong = all.filter(({ name, callers }) => callers.join() !== callersOf(name).join())
    expect(wrong).toEqual([])
  })

  it('of the API hands over to its namesake and does nothing else', async () => {
    const bodies = await sql<{ name: string; body: string }[]>`
      select proname as name, pg_get_function_sqlbody(oid) as body from pg_proc
      where pronamespace = 'public'::regnamespace`
    for (const { name, body } of bodies)
      expect(body).toMatch(new RegExp(`^RETURN private\\.${name}\\([a-z_, ]*\\)$`))
  })
})

describe('what others watch', () => {
  it('by Postgres Changes are the tracks alone', async () => {
    const published = await sql`
      select schemaname, tablename from pg_publication_tables where pubname = 'supabase_realtime'`
    expect(published).toEqual([{ schemaname: 'public', tablename: 'tracks' }])
  })

  it('in channels and files is behind these policies alone', async () => {
    const policies = await sql`
      select tablename, cmd, roles::text[] as roles from pg_policies where schemaname in ('realtime', 'storage') order by 1, 2`
    expect(policies).toEqual([
      { tablename: 'messages', cmd: 'INSERT', roles: ['authenticated'] },
      { tablename: 'messages', cmd: 'INSERT', roles: ['authenticated'] },
      { tablename: 'messages', cmd: 'SELECT', roles: ['authenticated'] },
      { tablename: 'messages', cmd: 'SELECT', roles: ['authenticated'] },
      { tablename: 'objects', cmd: 'INSERT', roles: ['authenticated'] },
      { tablename: 'objects', cmd: 'INSERT', roles: ['authenticated'] },
    ])
  })
})
