import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { createAuth } from './auth/auth.ts'
import type { Providers } from './auth/providers.ts'
import { createRateLimit } from './auth/rate-limit.ts'
import { settings } from './auth/settings.ts'
import { createGateway } from './gateway.ts'
import { createInbox } from './inbox/inbox.ts'
import { loadKeys } from './keys.ts'
import { listen, untilPortIsFree } from './ports.ts'
import { type Database, startDatabase } from './postgres/database.ts'
import { createRealtime } from './realtime/realtime.ts'
import { createRest } from './rest/rest.ts'
import { createStorage } from './storage/storage.ts'
import { createTokens } from './tokens.ts'

export type StackOptions = {
  /** Holds everything that survives a restart: database, stored objects, keys. */
  dataDir: string
  /** The port for everything; a free one when 0. */
  port: number
  /** The port of PostgreSQL; a free one when absent. */
  dbPort?: number
  /** The network interface to listen on: `0.0.0.0` lets phones on the same network in. */
  host: string
  /** `supabase/migrations` when absent. */
  migrationsDir?: string
  /** Whether commits survive a crash of the machine (default). */
  durable?: boolean
  /** The address of the app, for links in e-mails; `http://localhost:3000` when absent. */
  siteUrl?: string
  /** Whether sign-ups with a password work before the address is proven; no when absent, as in config.toml. */
  autoConfirm?: boolean
  /** The OpenID providers that are switched on; none when absent. */
  providers?: Providers
  /** Of Cloudflare Turnstile; no captcha is asked for when absent. */
  captchaSecret?: string | undefined
  /** How long to wait for a folder or port that an earlier run still holds. */
  patienceInMs?: number
  onProgress?: (message: string) => void
}

/** What somebody needs to use a running stack. */
export type StackAddresses = {
  url: string
  dbUrl: string
  publishableKey: string
  secretKey: string
  inboxUrl: string
}

export type Stack = StackAddresses & {
  /** Rejects when a part ends that should run. */
  failed: Promise<never>
  stop: () => Promise<void>
}

/** Well within what a supervisor waits for a process that it asked to end. */
const closesWithinInMs = 3_000

/** Starts all that `supabase start` would, in this process with PostgreSQL as its child. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { onProgress = () => {} } = options
  await untilPortIsFree(options.port, options.host, options.patienceInMs)
  const database = await startDatabase({ ...options, port: options.dbPort })
  onProgress('starting REST, Auth, Storage and Realtime')
  try {
    return await serve(database, options)
  } catch (error) {
    await database.stop()
    throw error
  }
}

async function serve(database: Database, options: StackOptions): Promise<Stack> {
  const { dataDir, siteUrl = 'http://localhost:3000', autoConfirm = false, providers = {} } = options
  const { sql, dbUrl } = database
  const keys = await loadKeys(dataDir)
  const tokens = await createTokens(keys)
  const inbox = createInbox()
  const rest = createRest(dbUrl)
  await sql.listen('pgrst', rest.reloadSchema)

  const objectsDir = path.join(dataDir, 'storage')
  await mkdir(objectsDir, { recursive: true, mode: 0o700 })
  const storage = createStorage({
    sql,
    dataDir: objectsDir,
    verifyToken: tokens.verify,
    signingKey: new TextEncoder().encode(keys.storageSecret),
  })
  const realtime = createRealtime({ sql, dbUrl, verifyToken: tokens.verify, isApiKey: tokens.isApiKey })

  const server = createServer()
  const port = await listen(server, options.port, options.host)
  const url = `http://127.0.0.1:${port}`
  const auth = createAuth({
    sql,
    tokens,
    send: inbox.deliver,
    textLimit: createRateLimit(settings.textsAnHour, 60 * 60_000),
    verificationLimit: createRateLimit(settings.verificationsInFiveMinutes, 5 * 60_000),
    url: `${url}/auth/v1`,
    siteUrl,
    autoConfirm,
    captchaSecret: options.captchaSecret,
    providers,
  })
  const gateway = createGateway({
    tokens,
    rest,
    auth,
    storage,
    realtime: realtime.fetch,
    inbox: inbox.routes,
  })
  server.on('request', getRequestListener(gateway.fetch, { overrideGlobalObjects: false }))
  server.on('upgrade', realtime.handleUpgrade)
  await realtime.ready

  let stopping = false
  const failed = database.exited.then(() => {
    if (stopping) return new Promise<never>(() => {})
    throw new Error('PostgreSQL ended unexpectedly.')
  })
  failed.catch(() => {})

  return {
    url,
    dbUrl,
    publishableKey: keys.publishableKey,
    secretKey: keys.secretKey,
    inboxUrl: `${url}/inbox`,
    failed,
    stop: async () => {
      stopping = true
      server.close()
      server.closeAllConnections()
      // Requests that hang keep their connections; PostgreSQL ends those.
      const late = delay(closesWithinInMs, undefined, { ref: false })
      await Promise.race([Promise.allSettled([realtime.close(), rest.close()]), late])
      await database.stop()
    },
  }
}
