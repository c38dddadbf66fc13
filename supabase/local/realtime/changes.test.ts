import { randomUUID } from 'node:crypto'
import type { RealtimePostgresChangesPayload } from '@supabase/supabase-js'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { anonymousClient, type Person, signInSomebody } from '../testing/people.ts'
import { createInbox, subscribed, systemMessage } from './testing.ts'

const stack = inject('stack')
const sql = postgres(stack.dbUrl, { onnotice: () => {} })
let ana: Person
let ben: Person
beforeAll(async () => {
  ;[ana, ben] = await Promise.all([signInSomebody(stack), signInSomebody(stack)])
})
afterAll(async () => {
  await Promise.all([ana, ben].map(({ client }) => client.realtime.disconnect()))
  await sql.end()
})

type Row = Record<string, unknown>
type Payload = RealtimePostgresChangesPayload<Row>
type Wish = { event?: '*'; schema?: string; table?: string; filter?: string; select?: string[] }

/** Subscribes to changes and resolves once the server has confirmed. */
async function watch(client: Person['client'], wish: Wish) {
  const told = createInbox<Payload>()
  const channel = client.channel(randomUUID())
  channel.on('postgres_changes', { event: '*', schema: 'public', ...wish }, (payload) =>
    told.put(payload as Payload),
  )
  const answer = systemMessage(channel, 'postgres_changes')
  await subscribed(channel)
  const { status, message } = await answer
  if (status !== 'ok') throw new Error(message)
  return told
}

/** The next change of a type: one from before the subscription can still be on its way. */
async function takeType(told: { take: () => Promise<Payload> }, type: string): Promise<Payload> {
  for (;;) {
    const change = await told.take()
    if (change.eventType === type) return change
  }
}

const addNote = async (owner: Person, title: string, rest: Row = {}) => {
  const [row] = await sql<{ id: number }[]>`
    insert into public.notes ${sql({ owner: owner.id, title, ...rest })} returning id::int`
  return row?.id ?? 0
}

describe('changes of a table with row level security', () => {
  test('come to whom the policies show the row, with typed values and without forbidden columns', async () => {
    const [hers, his] = [
      await watch(ana.client, { table: 'notes' }),
      await watch(ben.client, { table: 'notes' }),
    ]
    const id = await addNote(ana, 'para Ana', {
      body: null,
      rating: '12345678901234567890.5',
      tags: ['a', 'b "c"'],
      secret: 'x',
    })
    const his_ = await addNote(ben, 'for Ben')
    const change = await hers.take()
    expect(change).toMatchObject({
      eventType: 'INSERT',
      schema: 'public',
      table: 'notes',
      new: { id, owner: ana.id, title: 'para Ana', body: null, tags: ['a', 'b "c"'] },
      old: {},
      errors: null,
    })
    expect(Object.keys(change.new)).not.toContain('secret')
    expect(new Date(change.commit_timestamp).getTime()).toBeGreaterThan(Date.now() - 60_000)
    expect(await his.take()).toMatchObject({ new: { id: his_ } })
  })

  test('a row that changes hands is told to whom it belongs now', async () => {
    const [hers, his] = [
      await watch(ana.client, { table: 'notes' }),
      await watch(ben.client, { table: 'notes' }),
    ]
    const id = await addNote(ana, 'a gift')
    expect(await hers.take()).toMatchObject({ eventType: 'INSERT', new: { id } })
    await sql`update public.notes set owner = ${ben.id} where id = ${id}`
    expect(await his.take()).toMatchObject({ eventType: 'UPDATE', new: { id, owner: ben.id } })
    await addNote(ana, 'next')
    expect(await hers.take()).toMatchObject({ new: { title: 'next' } })
  })

  test('of a deleted row only the key is told', async () => {
    const id = await addNote(ana, 'short-lived')
    const told = await watch(ana.client, { table: 'notes', filter: `id=eq.${id}` })
    await sql`delete from public.notes where id = ${id}`
    expect(await takeType(told, 'DELETE')).toMatchObject({ old: { id }, new: {} })
  })

  test("its other values are nobody's business, though the table keeps them", async () => {
    const id = Math.floor(Math.random() * 1e9)
    const [hers, his] = [
      await watch(ana.client, { table: 'diaries', filter: `id=eq.${id}` }),
      await watch(ben.client, { table: 'diaries', filter: `id=eq.${id}` }),
    ]
    await sql`insert into public.diaries values (${id}, ${ana.id}, 'secret')`
    expect(await takeType(hers, 'INSERT')).toMatchObject({ new: { entry: 'secret' } })
    await sql`delete from public.diaries where id = ${id}`
    // Nobody can be asked whether they could see what is gone, so everybody hears of the key, and of no more.
    expect((await takeType(hers, 'DELETE')).old).toEqual({ id })
    expect(await his.take()).toMatchObject({ eventType: 'DELETE', old: { id } })
  })

  test('none is lost under load, and their order is that of the commits', async () => {
    const told = await watch(ana.client, { table: 'notes', filter: 'title=like.load %' })
    const count = 100
    for (let at = 0; at < count; at++) await addNote(ana, `load ${at}`)
    const titles = []
    while (titles.length < count) titles.push((await told.take()).new)
    expect(titles.map((row) => (row as Row).title)).toEqual(
      Array.from({ length: count }, (_, at) => `load ${at}`),
    )
  })

  test('a large value that did not change is left out, and the rest comes', async () => {
    const [{ text } = { text: '' }] = await sql<{ text: string }[]>`
      select string_agg(gen_random_uuid()::text, '') as text from generate_series(1, 2000)`
    const id = await addNote(ana, 'large', { body: text })
    const told = await watch(ana.client, { table: 'notes', filter: `id=eq.${id}` })
    await sql`update public.notes set title = 'still large' where id = ${id}`
    const change = await takeType(told, 'UPDATE')
    expect(change.new).toMatchObject({ id, title: 'still large' })
    expect(change.new).not.toHaveProperty('body')
  })

  test('nobody hears of a table that their role may not read', async () => {
    const nobody = anonymousClient(stack)
    const told = await watch(nobody, { table: 'notes' })
    const scores = await watch(nobody, { table: 'scores', filter: 'id=eq.900' })
    await addNote(ana, 'not for everybody')
    await sql`insert into public.scores values (900, 1)`
    await scores.take()
    expect(told.rest()).toEqual([])
    nobody.realtime.disconnect()
  })
})

describe('changes of an open table', () => {
  test('bring old values where the table keeps them', async () => {
    const told = await watch(anonymousClient(stack), { table: 'scores', filter: 'id=eq.1' })
    await sql`insert into public.scores values (1, 10, null)`
    await sql`update public.scores set points = 20 where id = 1`
    await sql`delete from public.scores where id = 1`
    expect(await told.take()).toMatchObject({
      eventType: 'INSERT',
      new: { id: 1, points: 10, comment: null },
    })
    expect(await told.take()).toMatchObject({ eventType: 'UPDATE', new: { points: 20 }, old: { points: 10 } })
    expect(await told.take()).toMatchObject({ eventType: 'DELETE', old: { id: 1, points: 20 } })
  })

  test.each([
    ['points=gt.5', [6, 10]],
    ['points=in.(4,6)', [4, 6]],
    ['points=not.in.(4,6)', [10]],
    ['points=gte.4,points=lt.10', [4, 6]],
    ['comment=is.null', [4]],
    ['comment=not.is.null', [6, 10]],
    ['comment=eq."a,(b)"', [6]],
    ['comment=imatch.^A', [6]],
    // What is null is neither equal nor unequal.
    ['comment=neq.c', [6]],
    ['comment=isdistinct.c', [4, 6]],
  ])('%s', async (filter, expected) => {
    const base = 1000 + Math.floor(Math.random() * 1e8) * 10
    const told = await watch(anonymousClient(stack), {
      table: 'scores',
      filter: `${filter},id=gte.${base},id=lte.${base + 3}`,
    })
    const last = await watch(anonymousClient(stack), { table: 'scores', filter: `id=eq.${base + 4}` })
    const rows = [
      { id: base, points: 4, comment: null },
      { id: base + 1, points: 6, comment: 'a,(b)' },
      { id: base + 2, points: 10, comment: 'c' },
      { id: base + 4, points: 0, comment: null },
    ]
    await sql`insert into public.scores ${sql(rows)}`
    await last.take()
    expect(told.rest().map((change) => (change.new as Row).points)).toEqual(expected)
  })

  test('select leaves out what was not asked for, except the key', async () => {
    const told = await watch(anonymousClient(stack), {
      table: 'scores',
      filter: 'id=eq.2',
      select: ['points'],
    })
    await sql`insert into public.scores values (2, 7, 'long')`
    expect((await told.take()).new).toEqual({ id: 2, points: 7 })
  })

  test('a whole schema can be watched', async () => {
    const told = await watch(ana.client, {})
    const title = randomUUID()
    await sql`insert into public.scores values (3, 7)`
    await addNote(ana, title)
    const seen: string[] = []
    while (!seen.includes(title)) {
      const change = await told.take()
      seen.push(change.table, String((change.new as Row).title))
    }
    expect(seen).toContain('scores')
  })
})

describe('a subscription that cannot be', () => {
  test.each([
    [{ table: 'rooms' }, 'check Realtime is enabled'],
    [{ table: 'nothing' }, 'check Realtime is enabled'],
    [{ table: 'notes', filter: 'secret=eq.x' }, 'invalid column secret'],
    [{ table: 'notes', filter: 'id=eq.abc' }, 'invalid input syntax'],
    [{ table: 'notes', filter: 'title=match.(' }, 'invalid regular expression'],
    [{ table: 'notes', filter: 'nonsense' }, 'Error parsing `filter` params'],
    [{ table: 'notes', select: ['secret'] }, 'invalid column secret'],
  ])('%o is told why', async (wish, reason) => {
    await expect(watch(ana.client, wish)).rejects.toThrow(reason)
  })

  test('with wait the join itself is refused', async () => {
    const config = { postgres_changes_options: { wait: true } }
    const join = (table: string) =>
      subscribed(
        ana.client
          .channel(randomUUID(), { config })
          .on('postgres_changes', { event: '*', schema: 'public', table }, () => {}),
      )
    await expect(join('rooms')).rejects.toThrow('check Realtime is enabled')
    await expect(join('notes')).resolves.toBeDefined()
  })
})
