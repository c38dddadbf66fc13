import { afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { openTcpProxy } from '#lib/testing/tcp-proxy.ts'
import { anonymousClient, type Person, serviceClient, signInGuest } from '../testing/people.ts'
import { createRest } from './rest.ts'

/** One test for each correction that connection.ts, refusal.ts and types.ts make to @supabase/lite. */
const stack = inject('stack')
const anonymous = anonymousClient(stack)
let ana: Person
beforeAll(async () => {
  ana = await signInGuest(stack, { name: 'Ana' })
})
afterEach(() => {
  vi.restoreAllMocks()
})

test('rights that a migration revoked stay revoked', async () => {
  expect((await anonymous.from('secrets').select()).error).toMatchObject({ code: '42501' })
  expect((await ana.client.from('secrets').select()).status).toBe(403)
  expect((await ana.client.from('scores_by_column').update({ score: 99 }).eq('id', 1)).error?.code).toBe(
    '42501',
  )
  expect((await ana.client.from('scores_by_column').update({ name: 'uno' }).eq('id', 1)).error).toBeNull()
})

describe('json columns', () => {
  test.each([
    ['an object', { theme: 'dark', sizes: [1, 2], nested: { yes: true } }],
    ['an array', [1, 'two', null]],
    ['a text', 'plain'],
    ['a text that looks like an object', '{not json'],
    ['a number', 7],
  ])('keep %s as it is', async (_name, settings) => {
    const room = { title: 'json', owner: ana.id, settings }
    const { data, error } = await ana.client.from('rooms').insert(room).select('settings').single()
    expect(error).toBeNull()
    expect(data?.settings).toEqual(settings)
  })

  test('hold objects that SQL can look into', async () => {
    await ana.client
      .from('rooms')
      .insert({ title: 'looked into', owner: ana.id, settings: { theme: 'night' } })
    const { data } = await ana.client
      .from('rooms')
      .select('title, theme:settings->>theme')
      .eq('settings->>theme', 'night')
    expect(data).toEqual([{ title: 'looked into', theme: 'night' }])
  })
})

test('json and lists reach functions as what they are', async () => {
  const { data } = await anonymous.rpc('echo', { document: { a: ['b'] }, list: [1, 2] })
  expect(data).toEqual({ kind: 'object', document: { a: ['b'] }, sum: 3 })
})

describe('refusals', () => {
  test('of a function carry its message, detail and hint', async () => {
    const { error, status } = await ana.client.rpc('refuse', { reason: 'no' })
    expect(status).toBe(400)
    expect(error).toMatchObject({
      code: 'P0001',
      message: 'refused: no',
      details: 'nothing was done',
      hint: 'ask nicely',
    })
  })

  test.each<[string, Record<string, unknown>, number, string]>([
    ['a check', { title: '' }, 400, '23514'],
    ['a foreign key', { title: 'x', owner: crypto.randomUUID() }, 409, '23503'],
    ['not null', { title: null }, 400, '23502'],
    ['a malformed value', { title: 'x', owner: 'nobody' }, 400, '22P02'],
  ])('by %s have the status and code of PostgREST', async (_name, room, status, code) => {
    const refused = await serviceClient(stack).from('rooms').insert(room)
    expect(refused.status).toBe(status)
    expect(refused.error?.code).toBe(code)
  })

  test('by a unique key are conflicts', async () => {
    const refused = await serviceClient(stack).from('sessions').insert({ id: 1, slug: 'again' })
    expect(refused.status).toBe(409)
    expect(refused.error?.code).toBe('23505')
  })

  test('by row level security are 401 for nobody and 403 for somebody', async () => {
    expect(await anonymous.from('rooms').insert({ title: 'x' })).toMatchObject({
      status: 401,
      error: { code: '42501' },
    })
    const room = { title: 'x', owner: crypto.randomUUID() }
    expect(await ana.client.from('rooms').insert(room)).toMatchObject({
      status: 403,
      error: { code: '42501' },
    })
  })
})

test('a table is found although auth has one of the same name', async () => {
  const { data } = await anonymous.from('sessions').select('id, slug')
  expect(data).toEqual([{ id: 1, slug: 'first' }])
  expect((await anonymous.from('refresh_tokens').select()).error?.code).toBe('PGRST205')
  expect((await serviceClient(stack).schema('auth').from('users').select()).error?.code).toBe('PGRST106')
})

test('a table has its own columns although auth has one of the same name', async () => {
  const { error } = await serviceClient(stack)
    .from('sessions')
    .insert({ id: 2, slug: 'second', user_agent: 'x' })
  expect(error?.code).toBe('PGRST204')
})

test('times are ISO 8601', async () => {
  const { data } = await anonymous.from('sessions').select('starts, doors, note').single()
  expect(data).toEqual({ starts: '2026-01-31', doors: '20:15:00', note: '2026-01-31T08:00:00.5' })
  const at = '2026-03-04T05:06:07.123456+00:00'
  const room = { title: 'times', owner: ana.id, opened_at: at }
  const inserted = await ana.client.from('rooms').insert(room).select('opened_at').single()
  expect(inserted.data).toEqual({ opened_at: at })
})

test('a refusal does not print what the client sent', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
  const rest = createRest(stack.dbUrl)
  const body = JSON.stringify({ title: 'my secret', nonsense: 1, settings: 'my secret' })
  const send = (path: string, init?: RequestInit) =>
    rest.fetch(new Request(`http://localhost/rest/v1/${path}`, init), { role: 'service_role' })
  const headers = { 'content-type': 'application/json' }
  await send('rooms', { method: 'POST', headers, body })
  await send('rooms', { method: 'POST', headers, body: JSON.stringify({ owner: 'my secret', title: 'x' }) })
  await send('rooms?owner=eq.my%20secret')
  await send('rpc/refuse', { method: 'POST', headers, body: JSON.stringify({ reason: 'my secret' }) })
  await rest.close()
  expect(JSON.stringify(printed.mock.calls)).not.toContain('my secret')
})

test('the global Response stays the one of Node', async () => {
  const before = globalThis.Response
  await fetch(`${stack.url}/`)
  expect(globalThis.Response).toBe(before)
})

test('a schema that could not be read is read again', async () => {
  const line = await openTcpProxy(stack.dbUrl)
  const { username, password, pathname } = new URL(stack.dbUrl)
  const rest = createRest(`postgresql://${username}:${password}@${new URL(line.url).host}${pathname}`)
  const ask = () => rest.fetch(new Request('http://localhost/rest/v1/sessions'), { role: 'anon' })
  vi.spyOn(console, 'error').mockImplementation(() => {})
  line.suffer({ kind: 'refuse' })
  expect((await ask()).status).toBe(503)
  line.suffer(null)
  expect((await ask()).status).toBe(200)
  await rest.close()
  await line.close()
})
