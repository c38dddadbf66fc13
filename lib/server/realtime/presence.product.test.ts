import fc from 'fast-check'
import { afterEach, expect, inject, it, vi } from 'vitest'
import { giveSignsOfLife } from '#lib/client/session/signs-of-life.ts'
import { withoutSilent } from '#lib/client/session/without-silent.ts'
import { createSupabaseWebsocket } from '#lib/client/transports/supabase-websocket.ts'
import { aListener } from '#lib/client/transports/testing/transport-contract.ts'
import { parseServerEnv } from '#lib/env/server.ts'
import type { Presence } from '#lib/protocol/envelope.ts'
import { type Db, serviceDb } from '#lib/server/db/clients.ts'
import { log } from '#lib/server/log.ts'
import { createSession, joinSession } from '#lib/server/sessions/enter-session.ts'
import { enterAs } from '#lib/testing/people.ts'
import { openTcpProxy } from '#lib/testing/tcp-proxy.ts'
import { createHub } from './hub/hub.ts'
import { createHubDatabase } from './hub/hub-database.ts'
import { createSupabaseUpstream } from './hub/supabase-upstream.ts'
import { createCountMeter } from './hub/testing/count-meter.ts'
import { FakeReader } from './hub/testing/fake-reader.ts'
import { createHearSigns } from './signs/hear-signs.ts'
import { createSignsOfLife, type SignsOfLife } from './signs/signs-of-life.ts'

/** Who is here, as people on WebSockets and on the streams of two instances see it while others come and go. */

type Visit = {
  userId: string
  sees: () => Presence | undefined
  leave: () => void
  crash: () => void
  /** Says nothing any more, and closes nothing. */
  vanish: () => void
}

const closings: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close()
})

/** An instance of the app: its hub, and where signs of life come in. */
async function openInstance(instance: string) {
  const { url, publishableKey, secretKey } = inject('supabase')
  const env = parseServerEnv({
    SUPABASE_URL: url,
    SUPABASE_PUBLISHABLE_KEY: publishableKey,
    SUPABASE_SECRET_KEY: secretKey,
  })
  const service = serviceDb(env)
  const { readChannel, ...database } = createHubDatabase(service)
  const hub = createHub({
    instance,
    openUpstream: createSupabaseUpstream(env, readChannel),
    ...database,
    meter: createCountMeter().meter,
    now: Date.now,
    random: Math.random,
  })
  const signs = createSignsOfLife({ hear: createHearSigns(service), hub, log, now: Date.now })
  closings.push(hub.close, signs.close)
  return { hub, signs }
}

async function visitBySocket(sessionId: string, name: string, signs: SignsOfLife): Promise<Visit> {
  const line = await openTcpProxy(inject('supabase').url)
  const { id, db } = (await enterAs(name, line.url)) as unknown as { id: string; db: Db }
  await joinSession(db, sessionId, null, 200)
  let seen: Presence | undefined
  const onPresence = (presence: Presence) => {
    seen = presence
  }
  const stream = createSupabaseWebsocket(db, id).open(sessionId, aListener({ onPresence }), [])
  let silent: readonly string[] = []
  const life = giveSignsOfLife({
    say: (everyInMs) => signs.note({ sessionId, userId: id, everyInMs }),
    hereCount: () => seen?.count ?? 0,
    onSilent: (userIds) => {
      silent = userIds
    },
    random: Math.random,
  })
  const leave = () => {
    life.destroy()
    stream.close()
    void db.removeAllChannels()
  }
  closings.push(async () => {
    leave()
    await line.close()
  })
  const crash = () => {
    life.destroy()
    line.suffer({ kind: 'refuse' })
    line.cut()
  }
  const vanish = () => {
    life.destroy()
    line.suffer({ kind: 'stall' })
  }
  return { userId: id, sees: () => seen && withoutSilent(seen, silent), leave, crash, vanish }
}

async function visitByStream(
  sessionId: string,
  name: string,
  { hub, signs }: Awaited<ReturnType<typeof openInstance>>,
): Promise<Visit> {
  const { id, db } = (await enterAs(name)) as unknown as { id: string; db: Db }
  await joinSession(db, sessionId, null, 200)
  const reader = new FakeReader(id)
  const seat = await hub.open(sessionId, reader, null)
  const sees = () => reader.frames.findLast(({ presence }) => presence)?.presence
  const { destroy } = giveSignsOfLife({
    say: (everyInMs) => signs.note({ sessionId, userId: id, everyInMs }),
    hereCount: () => sees()?.count ?? 0,
    onSilent: () => {},
    random: Math.random,
  })
  closings.push(destroy)
  const leave = () => {
    destroy()
    seat.close()
  }
  return { userId: id, sees, leave, crash: leave, vanish: destroy }
}

it('is right for everybody within half a minute, however people come, go, crash and vanish', async () => {
  const { db } = (await enterAs('Ana')) as unknown as { db: Db }
  const { id: sessionId } = await createSession(db, {
    title: 'Noche',
    visibility: 'public',
    artworkPath: null,
  })
  const first = await openInstance('one')
  const instances = [first, await openInstance('two')]
  const steps = fc.sample(
    fc.record({
      comes: fc.boolean(),
      way: fc.nat({ max: 2 }),
      who: fc.nat(),
      ends: fc.constantFrom('leave' as const, 'crash' as const, 'vanish' as const),
    }),
    { numRuns: 36, seed: Number(process.env.SEED ?? 7) },
  )
  const here: Visit[] = []
  for (const [index, { comes, way, who, ends }] of steps.entries()) {
    const instance = instances[way]
    if (comes || here.length < 3) {
      const name = `Person ${index}`
      here.push(
        await (instance
          ? visitByStream(sessionId, name, instance)
          : visitBySocket(sessionId, name, first.signs)),
      )
    } else {
      const [gone] = here.splice(who % here.length, 1)
      gone?.[ends]()
    }
  }
  const expected = new Set(here.map(({ userId }) => userId))
  await vi.waitFor(
    () => {
      for (const { sees } of here) {
        expect(new Set(sees()?.userIds)).toEqual(expected)
        expect(sees()?.count).toBe(expected.size)
      }
    },
    { timeout: 30_000, interval: 100 },
  )
}, 120_000)
