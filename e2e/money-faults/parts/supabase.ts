import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { z } from 'zod'
import { findFreePort } from '../../../supabase/local/ports.ts'
import type { StackAddresses } from '../../../supabase/local/stack.ts'
import { type Child, endChild, startChild } from './child.ts'

/** The embedded Supabase with a real PostgreSQL, in a process of its own. */
export type Supabase = StackAddresses & {
  /** Kills PostgreSQL as a whole; what stood on it is started again. Resolves when it answers. */
  killPostgres: () => Promise<void>
  /** Kills one of PostgreSQL's processes, upon which it throws all others out and recovers. Resolves when it answers. */
  killBackend: (pid: number) => Promise<void>
  stop: () => Promise<void>
}

const lockSchema = z.object({ postgres: z.object({ pid: z.number() }) })
const answersWithinInMs = 60_000
const askEveryInMs = 50

/** Starts it in a data folder, on ports that it keeps. It is started again when it ends, as by a supervisor. */
export async function startSupabase(dataDir: string, lines: string[]): Promise<Supabase> {
  const file = path.join(import.meta.dirname, '..', '..', '..', 'supabase', 'local', 'main.ts')
  const env = {
    ...process.env,
    WHATSSOUND_DATA: dataDir,
    SUPABASE_LOCAL_PORT: String(await findFreePort()),
    SUPABASE_LOCAL_DB_PORT: String(await findFreePort()),
    SUPABASE_LOCAL_HOST: '127.0.0.1',
  }
  const start = () => startChild<StackAddresses>(file, env, lines)
  let child: Child<StackAddresses>
  let isEnding = false
  const keep = (started: Child<StackAddresses>): void => {
    child = started
    started.process.once('exit', (code) => {
      lines.push(`Supabase ended with ${code}.`)
      if (!isEnding) start().then(keep, (error: Error) => lines.push(error.message))
    })
  }
  const first = await start()
  const { ready } = first
  keep(first)

  const untilItAnswers = async (): Promise<void> => {
    const deadline = performance.now() + answersWithinInMs
    while (!(await answers(ready))) {
      if (performance.now() > deadline) throw new Error('Supabase does not answer.')
      await delay(askEveryInMs)
    }
  }
  /** Kills a process, and waits until the database has noticed: else it might answer once more before. */
  const untilThrownOut = async (pid: number): Promise<void> => {
    const thrownOut = Promise.withResolvers<void>()
    const other = postgres(ready.dbUrl, { max: 1, onnotice: () => {}, onclose: () => thrownOut.resolve() })
    await other`select 1`
    process.kill(pid, 'SIGKILL')
    await thrownOut.promise
    await other.end({ timeout: 0 })
  }
  return {
    ...ready,
    killPostgres: async () => {
      const lock = JSON.parse(readFileSync(path.join(dataDir, 'lock.json'), 'utf8'))
      await untilThrownOut(lockSchema.parse(lock).postgres.pid)
      await untilItAnswers()
    },
    killBackend: async (pid) => {
      await untilThrownOut(pid)
      await untilItAnswers()
    },
    stop: () => {
      isEnding = true
      return endChild(child.process, 'SIGTERM')
    },
  }
}

/** Whether a question is answered for which the database must be asked. */
function answers({ url, secretKey }: StackAddresses): Promise<boolean> {
  const headers = { apikey: secretKey, authorization: `Bearer ${secretKey}` }
  return fetch(`${url}/rest/v1/tip_currencies?select=code`, { headers }).then(
    (response) => response.ok,
    () => false,
  )
}
