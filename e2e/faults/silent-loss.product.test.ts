import { expect, inject, onTestFinished, test, vi } from 'vitest'
import type { Db } from '#lib/server/db/clients.ts'
import { log } from '#lib/server/log.ts'
import { createSession } from '#lib/server/sessions/enter-session.ts'
import { openTcpProxy } from '#lib/testing/tcp-proxy.ts'
import { type Client, openClient } from './clients/client.ts'
import type { Listening } from './clients/messages.ts'
import { enter } from './testing/enter.ts'
import { serveApp } from './testing/serve-app.ts'

const ways: Listening[] = ['websocket', 'sse', 'long_poll']

/** A network whose lines can fall still without a word: every connection stays open, as nobody says that it ended. */
async function openNetwork(appUrl: string, supabaseUrl: string) {
  const lines = await Promise.all([openTcpProxy(appUrl), openTcpProxy(supabaseUrl)])
  const [app, supabase] = lines
  onTestFinished(async () => {
    await Promise.all(lines.map((line) => line.close()))
  })
  return {
    lines: { appUrl: app.url, supabaseUrl: supabase.url },
    fallStill: () => {
      for (const line of lines) line.suffer({ kind: 'stall' })
    },
    heal: () => {
      for (const line of lines) line.suffer(null)
    },
  }
}

const hereOf = (client: Client) => ({
  count: client.view()?.hereCount,
  names: client
    .view()
    ?.here.map(({ name }) => name)
    .sort(),
})

test('who is lost without a word is counted no more within half a minute, whatever way they came', async () => {
  const { url, publishableKey, secretKey } = inject('supabase')
  vi.stubEnv('SUPABASE_URL', url)
  vi.stubEnv('SUPABASE_PUBLISHABLE_KEY', publishableKey)
  vi.stubEnv('SUPABASE_SECRET_KEY', secretKey)
  log.level = 'silent'
  const callers = new Map<string, { userId: string; db: Db }>()
  const app = await serveApp((cookie) => callers.get(cookie))
  onTestFinished(app.close)
  const [steady, doomed] = await Promise.all([openNetwork(app.url, url), openNetwork(app.url, url)])
  const dj = await enter('Diana')
  const { id: sessionId } = await createSession(dj.db, {
    title: 'Noche',
    visibility: 'public',
    artworkPath: null,
  })

  const comeIn = async (name: string, listening: Listening, isDoomed: boolean): Promise<Client> => {
    const { person, db } = await enter(name)
    callers.set(person.cookie, { userId: person.userId, db })
    const { lines } = isDoomed ? doomed : steady
    const client = openClient({ sessionId, publishableKey, person, network: 0, listening, lines })
    onTestFinished(client.leave)
    await client.until(({ connection }) => connection.status === 'live')
    return client
  }
  const staying = await Promise.all(ways.map((way) => comeIn(`Stays on ${way}`, way, false)))
  const lost = await Promise.all(ways.map((way) => comeIn(`Lost on ${way}`, way, true)))
  const namesOf = (clients: Client[]) => clients.map(({ person }) => person.name).sort()
  const everybodySees = (clients: Client[], timeout: number) =>
    vi.waitFor(
      () => {
        for (const client of staying) {
          expect(hereOf(client)).toEqual({ count: clients.length, names: namesOf(clients) })
        }
      },
      { timeout, interval: 100 },
    )
  await everybodySees([...staying, ...lost], 30_000)

  doomed.fallStill()
  await everybodySees(staying, 30_000)
  doomed.heal()
  await everybodySees([...staying, ...lost], 30_000)
}, 150_000)
