import { afterEach, expect, inject, it, vi } from 'vitest'
import { parseServerEnv } from '#lib/env/server.ts'
import type { Envelope } from '#lib/protocol/envelope.ts'
import type { PresenceEntry } from '#lib/protocol/presence.ts'
import type { Db } from '#lib/server/db/clients.ts'
import { serviceDb } from '#lib/server/db/clients.ts'
import { catchUp, createSession, joinSession } from '#lib/server/sessions/enter-session.ts'
import { enterAs } from '#lib/testing/people.ts'
import { openTcpProxy } from '#lib/testing/tcp-proxy.ts'
import { createHub } from './hub.ts'
import { createHubDatabase } from './hub-database.ts'
import { createSupabaseUpstream } from './supabase-upstream.ts'
import { createCountMeter } from './testing/count-meter.ts'
import { FakeReader } from './testing/fake-reader.ts'

/** Hubs on the real thing: the secret key, PostgREST, and Realtime. */

const until = <T>(check: () => T) => vi.waitFor(check, { timeout: 20_000, interval: 20 })
const closings: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closings.splice(0)) await close()
})

function envAt(url: string) {
  const { publishableKey, secretKey } = inject('supabase')
  return parseServerEnv({
    SUPABASE_URL: url,
    SUPABASE_PUBLISHABLE_KEY: publishableKey,
    SUPABASE_SECRET_KEY: secretKey,
  })
}

async function startSession() {
  const dj = await enterPerson('Ana')
  const { id } = await createSession(dj.db, { title: 'Noche', visibility: 'public', artworkPath: null })
  return { dj, sessionId: id }
}

async function enterPerson(name: string, sessionId?: string) {
  const { id, db } = (await enterAs(name)) as unknown as { id: string; db: Db }
  if (sessionId) await joinSession(db, sessionId, null, 200)
  closings.push(() => db.removeAllChannels())
  return { id, db }
}

async function say(db: Db, sessionId: string, text: string): Promise<void> {
  const args = { p_session_id: sessionId, p_command_id: crypto.randomUUID(), p_text: text }
  const { error } = await db.rpc('send_message', args)
  if (error) throw error
}

/** An instance of the app, with a line of its own that can be cut. */
async function startHub(instance: string) {
  const line = await openTcpProxy(inject('supabase').url)
  const { meter, counts } = createCountMeter()
  const env = envAt(line.url)
  const { readChannel, ...database } = createHubDatabase(serviceDb(env))
  const hub = createHub({
    instance,
    openUpstream: createSupabaseUpstream(env, readChannel),
    ...database,
    meter,
    now: Date.now,
    random: Math.random,
  })
  closings.push(async () => {
    await hub.close()
    await line.close()
  })
  return { hub, line, counts }
}

const textsIn = ({ items }: Envelope) =>
  items.flatMap((item) => (item.kind === 'chat.sent' ? item.payload.text : []))
const textsOf = (reader: FakeReader) => reader.frames.flatMap(textsIn)

/** An upstream alone, which nothing but `readChannel` and `moveTo` tells where the room is. */
function openUpstream(sessionId: string, readChannel: (sessionId: string) => Promise<number>) {
  const texts: string[] = []
  const states: string[] = []
  const upstream = createSupabaseUpstream(envAt(inject('supabase').url), readChannel)(sessionId, {
    onEnvelope: (envelope) => void texts.push(...textsIn(envelope)),
    onState: (state) => void states.push(state),
    onPresence: () => {},
  })
  closings.push(upstream.close)
  return { upstream, texts, states }
}

it('hears what the database says, with the secret key, and sees who is there', async () => {
  const { dj, sessionId } = await startSession()
  const envelopes: Envelope[] = []
  const states: string[] = []
  let entries: readonly PresenceEntry[] = []
  const upstream = createSupabaseUpstream(envAt(inject('supabase').url), async () => 0)(sessionId, {
    onEnvelope: (envelope) => void envelopes.push(envelope),
    onState: (state) => void states.push(state),
    onPresence: (present) => {
      entries = present
    },
  })
  closings.push(upstream.close)
  await until(() => expect(states).toEqual(['open']))
  await say(dj.db, sessionId, 'hola')
  await until(() =>
    expect(envelopes.at(-1)).toMatchObject({ sid: sessionId, items: [{ kind: 'chat.sent' }] }),
  )

  const own = { instance: 'one', userIds: [dj.id], count: 3 }
  upstream.track(own)
  const channel = dj.db.channel(`session:${sessionId}`, { config: { private: true } })
  await dj.db.realtime.setAuth()
  channel.subscribe((status) => {
    if (status === 'SUBSCRIBED') void channel.track({ userId: dj.id, forged: 'field' })
  })
  await until(() => {
    expect(entries).toHaveLength(2)
    expect(entries).toContainEqual(own)
    expect(entries).toContainEqual({ userId: dj.id })
  })
})

it('joins two instances: each event once and in order, everybody counted once', async () => {
  const { dj, sessionId } = await startSession()
  const ben = await enterPerson('Ben', sessionId)
  const [one, two] = [await startHub('one'), await startHub('two')]
  const [first, second] = [new FakeReader(dj.id), new FakeReader(ben.id)]
  await one.hub.open(sessionId, first, null)
  await two.hub.open(sessionId, second, null)
  await until(() => {
    expect(one.counts['upstreams open']).toBe(1)
    expect(two.counts['upstreams open']).toBe(1)
  })
  const texts = Array.from({ length: 10 }, (_, n) => `${n}`)
  for (const text of texts) await say(dj.db, sessionId, text)
  for (const reader of [first, second]) {
    await until(() => expect(textsOf(reader)).toEqual(texts))
    await until(() => expect(reader.frames.findLast(({ presence }) => presence)?.presence?.count).toBe(2))
  }
  expect(one.counts.gapFilled).toBeUndefined()
})

it('keeps its readers through a lost connection, and fills in what was said meanwhile', async () => {
  const { dj, sessionId } = await startSession()
  const { hub, line, counts } = await startHub('one')
  const reader = new FakeReader(dj.id)
  await hub.open(sessionId, reader, null)
  await until(() => expect(counts['upstreams open']).toBe(1))
  line.suffer({ kind: 'refuse' })
  line.cut()
  await until(() => expect(counts['upstreams down']).toBe(1))
  await say(dj.db, sessionId, 'meanwhile')
  line.suffer(null)
  await until(() => expect(textsOf(reader)).toEqual(['meanwhile']))
  await until(() => expect(counts['upstreams open']).toBe(1))
  await say(dj.db, sessionId, 'again')
  await until(() => expect(textsOf(reader)).toEqual(['meanwhile', 'again']))
  expect(reader.byes).toEqual([])
})

it('closes the streams of who is banned', async () => {
  const { dj, sessionId } = await startSession()
  const ben = await enterPerson('Ben', sessionId)
  const { hub } = await startHub('one')
  const reader = new FakeReader(ben.id)
  await hub.open(sessionId, reader, null)
  const { error } = await dj.db.rpc('ban_member', { p_session_id: sessionId, p_user_id: ben.id })
  expect(error).toBeNull()
  await until(() => expect(reader.byes).toEqual([{ reason: 'banned', retryInMs: null }]))
})

it('goes with the room into another channel after a ban, and comes there by itself later', async () => {
  const { dj, sessionId } = await startSession()
  const ben = await enterPerson('Ben', sessionId)
  const { hub, counts } = await startHub('one')
  const reader = new FakeReader(dj.id)
  await hub.open(sessionId, reader, null)
  await until(() => expect(counts['upstreams open']).toBe(1))
  const { error } = await dj.db.rpc('ban_member', { p_session_id: sessionId, p_user_id: ben.id })
  expect(error).toBeNull()
  await until(() => expect(counts['upstream went open']).toBe(2))
  const late = await startHub('two')
  const lateReader = new FakeReader(dj.id)
  await late.hub.open(sessionId, lateReader, null)
  await until(() => expect(late.counts['upstreams open']).toBe(1))

  const filledBefore = counts.gapFilled
  await say(dj.db, sessionId, 'without Ben')
  for (const somebody of [reader, lateReader]) {
    await until(() => expect(textsOf(somebody)).toEqual(['without Ben']))
  }
  // It came by the channel, not by asking the log.
  expect([counts.gapFilled, late.counts.gapFilled]).toEqual([filledBefore, undefined])
})

it('asks again for the channel of the room where the answer was lost', async () => {
  const { dj, sessionId } = await startSession()
  const ben = await enterPerson('Ben', sessionId)
  const { error } = await dj.db.rpc('ban_member', { p_session_id: sessionId, p_user_id: ben.id })
  expect(error).toBeNull()
  const { readChannel } = createHubDatabase(serviceDb(envAt(inject('supabase').url)))
  const answers = [() => Promise.reject(new Error('lost')), readChannel]
  const { texts, states } = openUpstream(sessionId, (id) => (answers.shift() ?? readChannel)(id))
  await until(() => expect(states).toEqual(['open']))
  await say(dj.db, sessionId, 'without Ben')
  await until(() => expect(texts).toEqual(['without Ben']))
})

it('is in the channel that the room went to while it asked, or was on its way', async () => {
  const { dj, sessionId } = await startSession()
  const ben = await enterPerson('Ben', sessionId)
  const { readChannel } = createHubDatabase(serviceDb(envAt(inject('supabase').url)))
  const old = Promise.withResolvers<number>()
  const asked = [old.promise, old.promise]
  const told = openUpstream(sessionId, () => asked.shift() ?? readChannel(sessionId))
  const untold = openUpstream(sessionId, () => asked.shift() ?? readChannel(sessionId))
  const { error } = await dj.db.rpc('ban_member', { p_session_id: sessionId, p_user_id: ben.id })
  expect(error).toBeNull()
  told.upstream.moveTo(1)
  old.resolve(0)
  await until(() => expect(told.states).toEqual(['open']))
  await until(() => expect(untold.states).toEqual(['open', 'down', 'open']))
  await say(dj.db, sessionId, 'without Ben')
  for (const { texts } of [told, untold]) await until(() => expect(texts).toEqual(['without Ben']))
})

it('knows no session that does not exist', async () => {
  const { hub } = await startHub('one')
  const opening = hub.open(crypto.randomUUID(), new FakeReader(crypto.randomUUID()), null)
  await expect(opening).rejects.toMatchObject({ code: 'not_found' })
})

it('reads the log as members do, and says who listens', async () => {
  const { dj, sessionId } = await startSession()
  const db = serviceDb(envAt(inject('supabase').url))
  const { touch, readLog } = createHubDatabase(db)
  await say(dj.db, sessionId, 'hola')
  const asMember = await catchUp(dj.db, sessionId, 0)
  for (const after of [0, null]) {
    expect(await readLog(sessionId, after)).toEqual({ ...asMember, sentAt: expect.any(Number) })
  }
  expect(await readLog(sessionId, 99)).toMatchObject({ reset: true })

  const seen = () => db.from('session_members').select('last_seen_at').eq('session_id', sessionId)
  const longAgo = new Date(0).toISOString()
  const { error } = await db
    .from('session_members')
    .update({ last_seen_at: longAgo })
    .eq('session_id', sessionId)
  expect(error).toBeNull()
  await touch(sessionId, [dj.id, crypto.randomUUID()])
  const lastSeenAt = (await seen()).data?.[0]?.last_seen_at ?? ''
  expect(Date.now() - Date.parse(lastSeenAt)).toBeLessThan(60_000)
})
