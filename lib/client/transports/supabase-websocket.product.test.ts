import postgres from 'postgres'
import { inject } from 'vitest'
import { enterAs, mustCall } from '#lib/testing/people.ts'
import { openTcpProxy } from '#lib/testing/tcp-proxy.ts'
import { createSupabaseWebsocket } from './supabase-websocket.ts'
import { describeTransport } from './testing/transport-contract.ts'

describeTransport('over Supabase Realtime', async () => {
  const { url, dbUrl } = inject('supabase')
  const sql = postgres(dbUrl, { max: 1 })
  const line = await openTcpProxy(url)
  const { id: userId, db } = await enterAs('Ana', line.url)
  const { id: sessionId } = await mustCall<{ id: string }>(db, 'create_session', { p_title: 'Contract' })
  return {
    transport: createSupabaseWebsocket(db, userId),
    sessionId,
    userId,
    publish: async (payload) => {
      await sql`select realtime.send(${sql.json(payload as postgres.JSONValue)}, 'envelope', ${`session:${sessionId}`}, true)`
    },
    cut: async () => line.cut(),
    end: async () => {
      await db.removeAllChannels()
      await line.close()
      await sql.end()
    },
  }
})
