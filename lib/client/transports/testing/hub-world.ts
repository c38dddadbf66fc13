import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { inject, vi } from 'vitest'
import { z } from 'zod'
import { parseServerEnv } from '#lib/env/server.ts'
import { callFunction } from '#lib/server/db/call-function.ts'
import { actingAs, anonymousDb, serviceDb } from '#lib/server/db/clients.ts'
import { createTokenVerifier } from '#lib/server/db/verify-token.ts'
import { createHub } from '#lib/server/realtime/hub/hub.ts'
import { createHubDatabase } from '#lib/server/realtime/hub/hub-database.ts'
import { createSupabaseUpstream } from '#lib/server/realtime/hub/supabase-upstream.ts'
import { createCountMeter } from '#lib/server/realtime/hub/testing/count-meter.ts'
import { createAuthoriseStream } from '#lib/server/realtime/streams/authorise-stream.ts'
import { createServeStreams } from '#lib/server/realtime/streams/create-serve-streams.ts'
import { createMemberCheck } from '#lib/server/realtime/streams/member-check.ts'
import { createStreams, type Streams } from '#lib/server/realtime/streams/streams.ts'
import { catchUp } from '#lib/server/sessions/enter-session.ts'
import { enterAs, mustCall } from '#lib/testing/people.ts'
import { openTcpProxy } from '#lib/testing/tcp-proxy.ts'
import type { OwnServer } from '../own-server.ts'
import type { Transport } from '../transport.ts'
import type { TransportWorld } from './transport-contract.ts'

/** The app's streams on a port of their own, over the real hub; `clock` may run ahead. */
async function serveStreams(clock: { aheadInMs: number }) {
  const { url, publishableKey, secretKey } = inject('supabase')
  const env = parseServerEnv({
    SUPABASE_URL: url,
    SUPABASE_PUBLISHABLE_KEY: publishableKey,
    SUPABASE_SECRET_KEY: secretKey,
  })
  const [anonymous, service] = [anonymousDb(env), serviceDb(env)]
  const now = () => Date.now() + clock.aheadInMs
  const { readChannel, ...database } = createHubDatabase(service)
  const hub = createHub({
    instance: crypto.randomUUID(),
    openUpstream: createSupabaseUpstream(env, readChannel),
    ...database,
    meter: createCountMeter().meter,
    now,
    random: Math.random,
  })
  const catchUpAs = (accessToken: string, sessionId: string, after: number) =>
    catchUp(actingAs(anonymous, accessToken), sessionId, after)
  const streams: Streams = createStreams({
    hub,
    authorise: createAuthoriseStream({
      verify: createTokenVerifier({ supabaseUrl: url, auth: anonymous.auth, now }),
      isMember: createMemberCheck(async (sessionId, userIds) => {
        const args = { p_session_id: sessionId, p_user_ids: [...userIds] }
        return new Set(await callFunction(service, 'hub_members_among', args, z.array(z.uuid())))
      }),
      refuseOutsider: (sessionId, accessToken) => catchUpAs(accessToken, sessionId, Number.MAX_SAFE_INTEGER),
    }),
    catchUpAs,
    log: pino({ level: 'silent' }),
    now,
    random: Math.random,
  })
  const serve = createServeStreams(() => streams)
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    serve(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      await hub.close()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** A listener of a session, on a line of their own to the app's streams. */
export async function openHubWorld(create: (server: OwnServer) => Transport): Promise<TransportWorld> {
  const clock = { aheadInMs: 0 }
  const app = await serveStreams(clock)
  const line = await openTcpProxy(app.url)
  const dj = await enterAs('Diana')
  const { id: sessionId } = await mustCall<{ id: string }>(dj.db, 'create_session', { p_title: 'Contract' })
  const ana = await enterAs('Ana')
  await mustCall(ana.db, 'join_session', { p_session_id: sessionId, p_invitation: null })

  const server: OwnServer = {
    random: Math.random,
    refreshAuth: async () => {
      const { error } = await ana.db.auth.refreshSession()
      if (error) throw error
    },
    fetch: async (path, init) => {
      const { data } = await ana.db.auth.getSession()
      const headers = new Headers(init.headers)
      headers.set('authorization', `Bearer ${data.session?.access_token}`)
      return fetch(`${line.url}${path}`, { ...init, headers })
    },
  }
  return {
    transport: create(server),
    sessionId,
    userId: ana.id,
    // The first poll is answered at once: the line is in use when the second one waits.
    settled: () => vi.waitUntil(() => !app.asked.at(-1)?.endsWith('waitInMs=1'), { timeout: 15_000 }),
    say: async () => {
      const said = { p_session_id: sessionId, p_command_id: crypto.randomUUID(), p_text: 'hola' }
      const { seq } = await mustCall<{ seq: number }>(dj.db, 'send_message', said)
      return seq
    },
    ban: async () => mustCall(dj.db, 'ban_member', { p_session_id: sessionId, p_user_id: ana.id }),
    renew: async () => {
      const askedBefore = app.asked.length
      // Tokens last an hour: to the hub, this one ends within a minute.
      clock.aheadInMs = 3_600_000 - 50_000
      await vi.waitUntil(() => app.asked.length > askedBefore, { timeout: 15_000 })
    },
    cut: line.cut,
    stall: () => line.suffer({ kind: 'stall' }),
    heal: () => line.suffer(null),
    end: async () => {
      await line.close()
      await app.close()
    },
  }
}
