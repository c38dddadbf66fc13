import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { KillKind } from '../plan/plan-strikes.ts'
import { childrenOf, commandOf } from './process-tree.ts'
import type { Product } from './start-product.ts'

const processSchema = z.object({ pid: z.number() })
const lockSchema = z.object({ owner: processSchema, postgres: processSchema.nullable() })

/** The supervisor waits up to 4 s before it starts again what keeps crashing; the rest is for slow machines. */
const backWithinInMs = 60_000
const askEveryInMs = 50
const answersWithinInMs = 2_000

/**
 * Kills a part of the product with SIGKILL, and resolves once it runs anew and the product answers again, app and Supabase
 * together. With one of two app processes gone the product never stops answering.
 */
export async function kill(product: Product, kind: KillKind, random: () => number): Promise<void> {
  const pid = must(pidOf(product, kind, random), kind)
  process.kill(pid, 'SIGKILL')
  if (kind === 'kill_app_process') return
  const deadline = performance.now() + backWithinInMs
  while (performance.now() < deadline) {
    const newPid = pidOf(product, kind, random)
    if (newPid !== undefined && newPid !== pid && (await answers(product))) return
    await delay(askEveryInMs)
  }
  throw new Error(`The product does not answer after ${kind}.`)
}

function pidOf(product: Product, kind: KillKind, random: () => number): number | undefined {
  if (kind === 'kill_realtime') return lockOf(product)?.owner.pid
  if (kind === 'kill_database') return lockOf(product)?.postgres?.pid
  const app = childrenOf(product.pid).find((pid) => commandOf(pid).includes('entry/server.ts'))
  if (kind === 'kill_app' || app === undefined) return app
  const processes = childrenOf(app)
  return processes[Math.floor(random() * processes.length)]
}

/** The data folder's lock says who owns it: the process of Supabase, and its PostgreSQL; undefined: nobody just now. */
function lockOf({ dataDir }: Product): z.infer<typeof lockSchema> | undefined {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(path.join(dataDir, 'lock.json'), 'utf8')))
  } catch {
    return undefined
  }
}

/** Whether the app answers a question for which it must ask Supabase, and that the database. */
async function answers({ appUrl }: Product): Promise<boolean> {
  const signal = AbortSignal.timeout(answersWithinInMs)
  return fetch(`${appUrl}/api/lobby`, { signal }).then(
    (response) => response.ok,
    () => false,
  )
}

function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`There is no process for ${what}.`)
  return value
}
