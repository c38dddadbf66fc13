import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findFreePort } from '../../supabase/local/ports.ts'
import { type OwnProcess, startProcess } from './start-process.ts'
import type { Supabase } from './start-supabase.ts'

export type AppServer = OwnProcess & { port: number }

const patienceInMs = 60_000

/** The app as it runs in production: its own server, two processes behind one port. */
export async function startServer(supabase: Supabase): Promise<AppServer> {
  const port = await findFreePort()
  const server = startProcess(path.join('lib', 'server', 'entry', 'server.ts'), {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
    PORT: String(port),
    APP_PROCESSES: '2',
    SUPABASE_URL: supabase.url,
    SUPABASE_PUBLISHABLE_KEY: supabase.publishableKey,
    SUPABASE_SECRET_KEY: supabase.secretKey,
    ...(process.env.BENCH_PROFILE && {
      NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${process.env.BENCH_PROFILE}`,
    }),
  })
  const until = performance.now() + patienceInMs
  while (!(await answers(port))) {
    if (server.child.exitCode !== null || performance.now() > until) {
      await server.stop()
      throw new Error('The app did not start.')
    }
    await delay(200)
  }
  return { ...server, port }
}

async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/api/health`)).ok
  } catch {
    return false
  }
}
