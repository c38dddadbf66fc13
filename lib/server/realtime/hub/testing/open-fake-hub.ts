import { type FakeSession, sessionId } from '#lib/client/session/testing/fake-session.ts'
import type { CatchUp } from '#lib/protocol/envelope.ts'
import { createHub } from '../hub.ts'
import { createCountMeter } from './count-meter.ts'
import { FakeReader } from './fake-reader.ts'
import { createFakeUpstream } from './fake-upstream.ts'

/** The newest 200 events without a cursor, as `hub_log` has it. */
export function readFakeLog(server: FakeSession, after: number | null): CatchUp {
  if (after !== null) return server.poll(after)
  const first = server.log()[0]?.seq ?? server.rows.seq + 1
  return server.poll(Math.max(first - 1, server.rows.seq - 200))
}

/** A hub over a session and an upstream in memory. `readLog` may be made to fail. */
export function openFakeHub(server: FakeSession, random = () => 0.5) {
  const upstream = createFakeUpstream()
  const { meter, counts } = createCountMeter()
  const touched: (readonly string[])[] = []
  const log = { read: async (after: number | null): Promise<CatchUp> => readFakeLog(server, after), reads: 0 }
  const hub = createHub({
    instance: 'this hub',
    openUpstream: upstream.open,
    readLog: (_sessionId, after) => {
      log.reads += 1
      return log.read(after)
    },
    touch: async (_sessionId, userIds) => void touched.push(userIds),
    meter,
    now: Date.now,
    random,
  })
  const open = async (reader: FakeReader, after: number | null = null) => ({
    reader,
    ...bind(await hub.open(sessionId, reader, after)),
  })
  return {
    hub,
    upstream,
    counts,
    touched,
    log,
    open,
    join: (userId: string, after: number | null = null) => open(new FakeReader(userId), after),
  }
}

function bind(subscription: { drained: () => void; close: () => void }) {
  return { drained: () => subscription.drained(), close: () => subscription.close() }
}
