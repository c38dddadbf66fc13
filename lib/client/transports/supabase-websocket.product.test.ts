import postgres from 'postgres'
import { inject } from 'vitest'
import { enterAs, mustCall } from '#lib/testing/people.ts'
import { openTcpProxy } from '#lib/testing/tcp-proxy.ts'
import { createSupabaseWebsocket } from './supabase-websocket.ts'
import { nonsense, testEnvelope } from './testing/test-envelope.ts'
import { describeTransport } from './testing/transport-contract.ts'

describeTransport('over Supabase Realtime', async () => {
  const { url, dbUrl } = inject('supabase')
  const sql = postgres(dbUrl, { max: 1 })
  const line = await openTcpProxy(url)
  const { id: userId, db } = await enterAs('Ana', line.url)
  const { id: sessionId } = await mustCall<{ id: string }>(db, 'create_session', { p_title: 'Contract' })
  const send = async (payload: unknown): Promise<void> => {
    await sql`select realtime.send(${sql.json(payload as postgres.JSONValue)}, 'envelope', ${`session:${sessionId}`}, true)`
  }
  let seq = 0
  return {
    transport: createSupabaseWebsocket(db, userId),
    sessionId,
    userId,
    say: async () => {
      seq += 1
      await send(testEnvelope(sessionId, seq))
      return seq
    },
    sayNonsense: async () => {
      for (const payload of nonsense(sessionId)) await send(payload)
    },
    cut: line.cut,
    stall: () => line.suffer({ kind: 'stall' }),
    heal: () => line.suffer(null),
    end: async () => {
      await db.removeAllChannels()
      await line.close()
      await sql.end()
    },
  }
}, ['sayNonsense'])
