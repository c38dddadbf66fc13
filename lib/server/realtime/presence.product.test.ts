import fc from 'fast-check'
import { afterEach, expect, inject, it, vi } from 'vitest'
import { createSupabaseWebsocket } from '#lib/client/transports/supabase-websocket.ts'
import { aListener } from '#lib/client/transports/testing/transport-contract.ts'
import { parseServerEnv } from '#lib/env/server.ts'
import type { Presence } from '#lib/protocol/envelope.ts'
import { type Db, serviceDb } from '#lib/server/db/clients.ts'
import { createSession, joinSession } from '#lib/server/sessions/enter-session.ts'
import { enterAs } from '#lib/testing/people.ts'
import { openTcpProxy } from '#lib/testing/tcp-proxy.ts'
import { createHub } from './hub/hub.ts'
import { createHubDatabase } from './hub/hub-database.ts'
import { createSupabaseUpstream } from './hub/supabase-upstream.ts'
import { createCountMeter } from './hub/testing/count-meter.ts'
import { FakeReader } from './hub/testing/fake-reader.ts'

/** Who is here, as people on WebSockets and on the streams of two instances see it while others come and go. */

type Visit = { userId: string; sees: () => Presence | undefined; leave: () => void; crash: () => void }

const closings: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close()
})

async function openHub(instance: string) {
  const { url, publishableKey, secretKey } = inject('supabase')
  const env = parseServerEnv({
    SUPABASE_URL: url,
    SUPABASE_PUBLISHABLE_KEY: publishableKey,
    SUPABASE_SECRET_KEY: secretKey,
  })
  const { readChannel, ...database } = createHubDatabase(serviceDb(env))
  const hub = createHub({
    instance,
    openUpstream: createSupabaseUpstream(env, readChannel),
    ...database,
    meter: createCountMeter().meter,
    now: Date.now,
    random: Math.random,
  })
  closings.push(hub.close)
  return hub
}

async function visitBySocket(sessionId: string, name: string): Promise<Visit> {
  const line = await openTcpProxy(inject('supabase').url)
  const { id, db } = (await enterAs(name, line.url)) as unknown as { id: string; db: Db }
  await joinSession(db, sessionId, null, 200)
  let seen: Presence | undefined
  const onPresence = (presence: Presence) => {
    seen = presence
  }
  const stream = createSupabaseWebsocket(db, id).open(sessionId, aListener({ onPresence }), [])
  const leave = () => {
    stream.close()
    void db.removeAllChannels()
  }
  closings.push(async () => {
    leave()
    await line.close()
  })
  const crash = () => {
    line.suffer({ kind: 'refuse' })
    line.cut()
  }
  return { userId: id, sees: () => seen, leave, crash }
}

async function visitByStream(
  sessionId: string,
  name: string,
  hub: Awaited<ReturnType<typeof openHub>>,
): Promise<Visit> {
  const { id, db } = (await enterAs(name)) as unknown as { id: string; db: Db }
  await joinSession(db, sessionId, null, 200)
  const reader = new FakeReader(id)
  const seat = await hub.open(sessionId, reader, null)
  const sees = () => reader.frames.findLast(({ presence }) => presence)?.presence
  const leave = () => seat.close()
  return { userId: id, sees, leave, crash: leave }
}

it('is right for everybody within half a minute, however people come, go and crash', async () => {
  const { db } = (await enterAs('Ana')) as unknown as { db: Db }
  const { id: sessionId } = await createSession(db, {
    title: 'Noche',
    visibility: 'public',
    artworkPath: null,
  })
  const hubs = [await openHub('one'), await openHub('two')]
  const steps = fc.sample(
    fc.record({ comes: fc.boolean(), way: fc.nat({ max: 2 }), who: fc.nat(), crashes: fc.boolean() }),
    { numRuns: 24, seed: Number(process.env.SEED ?? 7) },
  )
  const here: Visit[] = []
  for (const [index, { comes, way, who, crashes }] of steps.entries()) {
    const hub = hubs[way]
    if (comes || here.length < 3) {
      const name = `Person ${index}`
      here.push(await (hub ? visitByStream(sessionId, name, hub) : visitBySocket(sessionId, name)))
    } else {
      const [gone] = here.splice(who % here.length, 1)
      if (crashes) gone?.crash()
      else gone?.leave()
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
}, 90_000)
