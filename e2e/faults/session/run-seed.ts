import type { Sql } from 'postgres'
import type { SeededPerson } from '#lib/testing/seed-people.ts'
import type { Listening } from '../clients/messages.ts'
import { startClients } from '../clients/start-clients.ts'
import { checkHistory, type Violation } from '../history/check-history.ts'
import type { History } from '../history/history.ts'
import { measureRecovery, type Recovery } from '../history/measure-recovery.ts'
import { createChance } from '../plan/chance.ts'
import { planDeeds } from '../plan/plan-deeds.ts'
import { type KillKind, planStrikes } from '../plan/plan-strikes.ts'
import { kill } from '../product/kill.ts'
import type { Product } from '../product/start-product.ts'
import type { Networks } from './networks.ts'
import { prepareSession } from './prepare-session.ts'
import { readServer } from './read-server.ts'
import { strikeAll } from './strike-all.ts'

/** What all seeds of a run share. */
export type World = {
  product: Product
  sql: Sql
  networks: Networks
  /** The first one is this session's DJ. */
  people: readonly SeededPerson[]
  trackIds: readonly string[]
}

export type Outcome = { history: History; violations: Violation[]; recovery: Recovery }

const tracksAtFirst = 8

/** One session from its opening to the moment when everybody sees the same: people act, faults strike, all heals. */
export async function runSeed(
  seed: number,
  { product, sql, networks, people, trackIds }: World,
): Promise<Outcome> {
  const [dj] = people
  if (!dj) throw new Error('There is nobody.')
  const chance = createChance(seed)
  const sessionId = await prepareSession(product.appUrl, dj, trackIds.slice(0, tracksAtFirst))
  const clients = startClients()
  try {
    await clients.ask({
      do: 'enter',
      party: {
        sessionId,
        publishableKey: product.publishableKey,
        trackIds,
        networks: networks.lines,
        members: people.map((person, index) => ({
          person,
          network: index % networks.lines.length,
          listening: listeningOf(index),
        })),
      },
    })
    const killNow = (kind: KillKind) => kill(product, kind, chance.random)
    const [strikes] = await Promise.all([
      strikeAll(planStrikes(seed, networks.lines.length), networks, killNow),
      clients.ask({ do: 'act', deeds: planDeeds(seed, people.length) }),
    ])
    const { history: server, goal } = await readServer(sql, sessionId, dj.userId)
    const told = await clients.ask({ do: 'converge', goal })
    if (!told) throw new Error('The clients told nothing.')
    const history: History = { ...told, server, strikes }
    return { history, violations: checkHistory(history), recovery: measureRecovery(history) }
  } finally {
    networks.heal()
    clients.end()
  }
}

/**
 * One pattern for all seeds, shifted from network to network. WebSockets are the smallest share: each of them is told of
 * everybody who comes and goes, and all have to share what one browser would have for itself.
 */
const listeningPattern: readonly Listening[] = [
  'websocket',
  'sse',
  'long_poll',
  'chosen',
  'sse',
  'long_poll',
  'websocket',
  'sse',
  'long_poll',
  'chosen',
]

function listeningOf(index: number): Listening {
  return listeningPattern[Math.floor(index / 7) % listeningPattern.length] ?? 'websocket'
}
