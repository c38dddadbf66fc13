import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { KillKind } from '../plan/plan-strikes.ts'
import { childrenOf, commandOf } from './process-tree.ts'
import type { Product } from './start-product.ts'

const processSchema = z.object({ pid: z.number() })
const lockSchema = z.object({ owner: processSchema, postgres: processSchema.nullable() })

/** Longer than the supervisor waits before the fourth start of what keeps crashing. */
const backWithinInMs = 30_000
const askEveryInMs = 50
const answersWithinInMs = 2_000

/**
 * Kills a part of the product with SIGKILL, and resolves once the product answers again, app and Supabase together. With
 * one of two app processes gone the product never stops answering.
 */
export async function kill(product: Product, kind: KillKind, random: () => number): Promise<void> {
  const pid = pidOf(product, kind, random)
  process.kill(pid, 'SIGKILL')
  if (kind === 'kill_app_process') return
  const deadline = performance.now() + backWithinInMs
  while (performance.now() < deadline) {
    if (commandOf(pid) === '' && (await answers(product))) return
    await delay(askEveryInMs)
  }
  throw new Error(`The product does not answer after ${kind}.`)
}

function pidOf(product: Product, kind: KillKind, random: () => number): number {
  if (kind === 'kill_realtime') return lockOf(product).owner.pid
  if (kind === 'kill_database') return must(lockOf(product).postgres?.pid, 'PostgreSQL')
  const app = must(
    childrenOf(product.pid).find((pid) => commandOf(pid).includes('entry/server.ts')),
    'the app',
  )
  if (kind === 'kill_app') return app
  const processes = childrenOf(app)
  return must(processes[Math.floor(random() * processes.length)], "one of the app's processes")
}

/** The data folder's lock says who owns it: the process of Supabase, and its PostgreSQL. */
function lockOf({ dataDir }: Product): z.infer<typeof lockSchema> {
  return lockSchema.parse(JSON.parse(readFileSync(path.join(dataDir, 'lock.json'), 'utf8')))
}

/** Whether the app answers, and Supabase answers the app. */
async function answers({ appUrl }: Product): Promise<boolean> {
  const signal = AbortSignal.timeout(answersWithinInMs)
  return fetch(`${appUrl}/api/health`, { signal }).then(
    (response) => response.ok,
    () => false,
  )
}

function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`There is no process of ${what}.`)
  return value
}
