import postgres from 'postgres'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import type { Db } from '#lib/server/db/clients.ts'
import { log } from '#lib/server/log.ts'
import type { SeededPerson } from '#lib/testing/seed-people.ts'
import { listenings } from './clients/messages.ts'
import { openParty } from './clients/party.ts'
import { checkHistory } from './history/check-history.ts'
import { planDeeds } from './plan/plan-deeds.ts'
import type { Strike } from './plan/plan-strikes.ts'
import { openNetworks } from './session/networks.ts'
import { prepareSession } from './session/prepare-session.ts'
import { readServer } from './session/read-server.ts'
import { seedTracks } from './session/seed-tracks.ts'
import { strikeAll } from './session/strike-all.ts'
import { enter } from './testing/enter.ts'
import { serveApp } from './testing/serve-app.ts'

const seed = 20_261_123
const actingForInMs = 3_000

/** On two networks: each loses its lines in its own way, and both at once. */
const strikes: Strike[] = [
  {
    kind: 'half_close',
    atInMs: 300,
    durationInMs: 0,
    networks: [0],
    blow: 'half_close_to_client',
    fault: null,
  },
  {
    kind: 'refuse',
    atInMs: 600,
    durationInMs: 800,
    networks: [1],
    blow: 'reset',
    fault: { kind: 'refuse' },
  },
  { kind: 'stall', atInMs: 1_600, durationInMs: 500, networks: [0], blow: 'none', fault: { kind: 'stall' } },
  { kind: 'reset', atInMs: 2_300, durationInMs: 0, networks: [0, 1], blow: 'reset', fault: null },
]

test('a small session keeps every promise while its lines fail', async () => {
  const { url, publishableKey, secretKey, dbUrl } = inject('supabase')
  vi.stubEnv('SUPABASE_URL', url)
  vi.stubEnv('SUPABASE_PUBLISHABLE_KEY', publishableKey)
  vi.stubEnv('SUPABASE_SECRET_KEY', secretKey)
  log.level = 'silent'
  const sql = postgres(dbUrl, { max: 1, onnotice: () => {} })
  const callers = new Map<string, { userId: string; db: Db }>()
  const people = await Promise.all(['Diana', 'Luis', 'Marta', 'Noa', 'Pau', 'Rosa', 'Sol', 'Teo'].map(enter))
  for (const { person, db } of people) callers.set(person.cookie, { userId: person.userId, db })
  const app = await serveApp((cookie) => callers.get(cookie))
  const networks = await openNetworks({ appUrl: app.url, supabaseUrl: url }, 2, Math.random)
  onTestFinished(async () => {
    await networks.close()
    await app.close()
    await sql.end()
  })

  const trackIds = await seedTracks(sql, 6)
  const dj = people[0]?.person as SeededPerson
  const sessionId = await prepareSession(app.url, dj, trackIds.slice(0, 3))
  const members = people.map(({ person }, index) => ({
    person,
    network: index % 2,
    listening: listenings[Math.floor(index / 2) % listenings.length] ?? 'websocket',
  }))
  const party = await openParty({ sessionId, publishableKey, trackIds, networks: networks.lines, members })
  onTestFinished(party.leave)
  const deeds = planDeeds(seed, people.length).filter(({ atInMs }) => atInMs < actingForInMs)
  const [struck] = await Promise.all([
    strikeAll(strikes, networks, () => Promise.reject(new Error('Nothing is killed here.'))),
    party.act(deeds),
  ])
  const { history: server, goal } = await readServer(sql, sessionId, dj.userId)
  const told = await party.converge(goal)

  expect(checkHistory({ ...told, server, strikes: struck })).toEqual([])
  // It says little where nobody was interrupted, or nothing was done.
  const interrupted = told.clients.filter(({ sights }) => sights.some(({ isOpen }) => !isOpen))
  expect(interrupted).toHaveLength(people.length)
  expect(told.commands.filter(({ result }) => result.ok).length).toBeGreaterThan(10)
})
