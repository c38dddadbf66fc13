import { beforeAll, expect, inject, test } from 'vitest'
import { anonymousClient, type Person, serviceClient, signInGuest } from '../testing/people.ts'

/** Every kind of call that the app may make through supabase-js. */
const stack = inject('stack')
let ana: Person
let roomId: string
beforeAll(async () => {
  ana = await signInGuest(stack, { name: 'Ana' })
  const { data } = await ana.client
    .from('rooms')
    .insert({ title: 'calls', owner: ana.id })
    .select('id')
    .single()
  roomId = data?.id
  const songs = ['one', 'two', 'three'].map((name, position) => ({
    room_id: roomId,
    position,
    name,
    length_in_seconds: 61.5,
  }))
  await ana.client.from('songs').insert(songs)
})

test('embeds both ways, with filters on the inside', async () => {
  const { data } = await ana.client
    .from('rooms')
    .select('title, songs(name, length_in_seconds)')
    .eq('id', roomId)
    .gte('songs.position', 1)
    .order('position', { referencedTable: 'songs', ascending: false })
  expect(data).toEqual([
    {
      title: 'calls',
      songs: [
        { name: 'three', length_in_seconds: 61.5 },
        { name: 'two', length_in_seconds: 61.5 },
      ],
    },
  ])
  const inner = await ana.client
    .from('songs')
    .select('name, rooms!inner(title)')
    .eq('rooms.id', roomId)
    .eq('position', 0)
  expect(inner.data).toEqual([{ name: 'one', rooms: { title: 'calls' } }])
})

test('counts, ranges and single rows', async () => {
  const page = await ana.client
    .from('songs')
    .select('name', { count: 'exact' })
    .eq('room_id', roomId)
    .order('position')
    .range(1, 1)
  expect(page).toMatchObject({ count: 3, data: [{ name: 'two' }] })
  const head = await ana.client
    .from('songs')
    .select('*', { count: 'exact', head: true })
    .eq('room_id', roomId)
  expect(head).toMatchObject({ count: 3, data: null })
  const none = await ana.client.from('songs').select().eq('room_id', crypto.randomUUID()).maybeSingle()
  expect(none).toMatchObject({ data: null, error: null })
  const missing = await ana.client.from('songs').select().eq('room_id', crypto.randomUUID()).single()
  expect(missing.error?.code).toBe('PGRST116')
})

test('upserts, updates and deletes', async () => {
  const row = { room_id: roomId, position: 9, name: 'nine' }
  await ana.client.from('songs').upsert(row)
  const upserted = await ana.client
    .from('songs')
    .upsert({ ...row, name: 'neun' })
    .select('name')
  expect(upserted.data).toEqual([{ name: 'neun' }])
  const kept = await ana.client
    .from('songs')
    .upsert({ ...row, name: 'x' }, { ignoreDuplicates: true })
    .select('name')
  expect(kept.data).toEqual([])
  const updated = await ana.client
    .from('songs')
    .update({ name: 'nueve' })
    .match({ room_id: roomId, position: 9 })
    .select('name')
  expect(updated.data).toEqual([{ name: 'nueve' }])
  const deleted = await ana.client
    .from('songs')
    .delete()
    .match({ room_id: roomId, position: 9 })
    .select('name')
  expect(deleted.data).toEqual([{ name: 'nueve' }])
})

test('filters that combine', async () => {
  const { data } = await ana.client
    .from('songs')
    .select('name')
    .eq('room_id', roomId)
    .or('name.ilike.T%,position.eq.0')
    .not('name', 'in', '(two)')
    .order('name')
  expect(data).toEqual([{ name: 'one' }, { name: 'three' }])
})

test('functions, by POST and GET, that return a value, json, rows or nothing', async () => {
  expect((await ana.client.rpc('add', { a: 2, b: 3 })).data).toBe(5)
  expect((await ana.client.rpc('add', { a: 2, b: 3 }, { get: true })).data).toBe(5)
  const { data } = await ana.client.rpc('whoami')
  expect(data).toMatchObject({ uid: ana.id, role: 'authenticated', user: 'authenticated' })
  const rows = await ana.client
    .rpc('rooms_titled', { pattern: 'call%' })
    .select('title, songs(name)')
    .limit(1)
  expect(rows.data).toMatchObject([{ title: 'calls' }])
})

test('functions that may not be called, or do not exist', async () => {
  expect((await ana.client.rpc('owner_only')).error?.code).toBe('42501')
  expect((await serviceClient(stack).rpc('owner_only')).data).toBe('only for the service')
  expect((await ana.client.rpc('nowhere')).error?.code).toBe('PGRST202')
})

test('the role and claims are those of the sender', async () => {
  expect((await anonymousClient(stack).rpc('whoami')).data).toMatchObject({
    uid: null,
    role: 'anon',
    user: 'anon',
  })
  expect((await serviceClient(stack).rpc('whoami')).data).toMatchObject({
    role: 'service_role',
    user: 'service_role',
  })
})

test('views with the rights of the reader', async () => {
  const hidden = await ana.client
    .from('rooms')
    .insert({ title: 'hidden', owner: ana.id, public: false })
    .select('id')
    .single()
  const read = (client: typeof ana.client) =>
    client.from('room_titles').select('title').eq('id', hidden.data?.id)
  expect((await read(ana.client)).data).toEqual([{ title: 'hidden' }])
  expect((await read(anonymousClient(stack))).data).toEqual([])
})

test('unknown tables and columns', async () => {
  expect((await ana.client.from('nowhere').select()).error?.code).toBe('PGRST205')
  expect((await ana.client.from('songs').select('nothing')).error?.code).toBe('42703')
  expect((await ana.client.from('songs').insert({ nothing: 1 })).error?.code).toBe('PGRST204')
})

test('a table of a later migration is found without a restart', async () => {
  const { default: postgres } = await import('postgres')
  const sql = postgres(stack.dbUrl)
  const name = `later_${crypto.randomUUID().slice(0, 8)}`
  await sql`create table ${sql(name)} (id int)`
  await sql.end()
  await expect.poll(async () => (await ana.client.from(name).select()).error).toBeNull()
})
