import { existsSync } from 'node:fs'
import path from 'node:path'
import { appFlags } from './app-flags.ts'
import { lanAddress } from './start/addresses.ts'
import { build, isBuilt } from './start/build.ts'
import { untilPageAnswers } from './start/page.ts'
import { type Part, startPart } from './start/part.ts'
import { refuseBusyPort } from './start/ports.ts'
import { createProgress } from './start/progress.ts'
import { readSettings, type Settings } from './start/settings.ts'
import { startEmbeddedSupabase } from './start/supabase.ts'
import { startTestPayments } from './start/test-payments.ts'
import { loadVapidKeys } from './start/vapid-keys.ts'

/**
 * `npm start`: the whole product as one command. Starts the embedded Supabase (unless SUPABASE_URL names
 * another), builds the app where the build is missing or stale, starts the worker and the app, and keeps them
 * running until Ctrl-C. `--dev` runs Next's development server instead of a build.
 */
const progress = createProgress()
const parts: Part[] = []
const ending = new AbortController()

const end = async (code: number): Promise<void> => {
  if (ending.signal.aborted) return
  ending.abort()
  if (parts.length > 0) progress.say('Stopping')
  // The last one started is the first to go: nobody loses what they stand on.
  for (const part of parts.reverse()) await part.stop()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0))

const keep = (part: Part): Part => {
  parts.push(part)
  part.failed.catch(fail)
  return part
}

const fail = (error: unknown): Promise<void> => {
  if (!ending.signal.aborted) console.error(`\n${error instanceof Error ? error.message : error}`)
  return end(1)
}

async function start(settings: Settings): Promise<void> {
  const { port, host, dev } = settings
  const localUrl = `http://localhost:${port}`
  await refuseBusyPort(port, 'PORT')
  if (settings.testPayments) {
    await refuseBusyPort(settings.testPayments.stripe, 'TEST_PAYMENTS_PORT')
    await refuseBusyPort(settings.testPayments.revenuecat, 'TEST_SUBSCRIPTIONS_PORT')
  }

  const embedded = settings.supabaseUrl ? null : startEmbeddedSupabase(localUrl, progress)
  if (embedded) {
    keep(embedded.part)
    await embedded.checked
  }
  const [supabase] = await Promise.all([embedded?.ready, dev ? undefined : buildWhereNeeded()])
  if (ending.signal.aborted) return

  const env: NodeJS.ProcessEnv = { ...process.env, PORT: String(port), NEXT_TELEMETRY_DISABLED: '1' }
  if (supabase) {
    env.SUPABASE_URL = supabase.url
    env.SUPABASE_PUBLISHABLE_KEY = supabase.publishableKey
    env.SUPABASE_SECRET_KEY = supabase.secretKey
    env.SUPABASE_DB_URL = supabase.dbUrl
    if (!settings.hasVapidKeys) Object.assign(env, await loadVapidKeys(settings.dataDir))
  }
  const lan = host ? null : lanAddress()
  Object.assign(env, await startPayments(settings, lan))
  startWorker(env)
  progress.say('App: starting')
  await keep(startApp(settings, env)).ready
  if (ending.signal.aborted) return

  progress.say('Ready. Ctrl-C stops everything.\n')
  const lines = [
    ['App', localUrl],
    ['On your network', lan ? `http://${lan}:${port}` : null],
    ['Development inbox', supabase?.inboxUrl],
    ['Supabase API', supabase?.url ?? settings.supabaseUrl],
    ['Test payments', settings.testPayments && 'no money moves'],
  ]
  for (const [name, address] of lines) if (address) console.log(`  ${name?.padEnd(18)} ${address}`)
  console.log('')
}

async function buildWhereNeeded(): Promise<void> {
  if (await isBuilt()) return
  progress.say('App: building (first start, or the sources changed)')
  await build((step) => progress.say(`App: ${step}`))
}

/** The stand-ins for Stripe and RevenueCat, where they are asked for; as the variables that the app reads. */
async function startPayments(settings: Settings, lan: string | null): Promise<Record<string, string>> {
  const { testPayments: ports, dataDir } = settings
  if (!ports) return {}
  const payments = startTestPayments({ ports, lan, appUrl: appUrl(settings), dataDir }, progress)
  keep(payments.part)
  return payments.ready
}

const appUrl = ({ host, port }: Settings): string => `http://${host ?? 'localhost'}:${port}`

function startWorker(env: NodeJS.ProcessEnv): void {
  progress.say('Worker: starting')
  keep(startPart({ name: 'worker', args: [path.join('lib', 'server', 'entry', 'worker.ts')], env }, progress))
}

function startApp(settings: Settings, env: NodeJS.ProcessEnv): Part {
  const { dev } = settings
  return startPart(
    {
      name: 'app',
      // Next's compiler, in development, makes too much garbage for small semi-spaces.
      args: [...(dev ? [] : appFlags), path.join('lib', 'server', 'entry', 'server.ts')],
      env: { ...env, NODE_ENV: dev ? 'development' : 'production' },
      isReady: () => untilPageAnswers(`${appUrl(settings)}/`, ending.signal),
    },
    progress,
  )
}

// Paths are relative to the repository, wherever the command was typed.
process.chdir(path.join(import.meta.dirname, '..', '..', '..'))
if (existsSync('.env')) process.loadEnvFile('.env')
try {
  await start(readSettings(process.env, process.argv.slice(2)))
} catch (error) {
  await fail(error)
}
