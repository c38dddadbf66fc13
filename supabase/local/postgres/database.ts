import { chmod, mkdir } from 'node:fs/promises'
import postgres, { type Sql } from 'postgres'
import { bootstrap } from '../bootstrap/bootstrap.ts'
import { migrate } from '../migrate.ts'
import { findFreePort, untilPortIsFree } from '../ports.ts'
import { openCluster } from './cluster.ts'
import { releaseFolder, startServer } from './server.ts'

export type Database = {
  /** Connects as the superuser `postgres`. */
  dbUrl: string
  /** A pool connected as the superuser `postgres`; `stop` ends it. */
  sql: Sql
  /** Resolves when PostgreSQL has ended, wanted or not. */
  exited: Promise<void>
  stop: () => Promise<void>
}

export type DatabaseOptions = {
  /** Where the cluster lives; made when missing. One database a folder. */
  dataDir: string
  /** Any free port when absent. */
  port?: number
  /** `supabase/migrations` when absent. */
  migrationsDir?: string
  /** Whether commits survive a crash of the machine (default). Tests turn it off for speed. */
  durable?: boolean
  /** How long to wait for a folder or port that an earlier run still holds. */
  patienceInMs?: number
  onProgress?: (message: string) => void
}

/** Starts PostgreSQL with everything a hosted project has in its database, and applies the migrations. */
export async function startDatabase(options: DatabaseOptions): Promise<Database> {
  const { dataDir, durable = true, patienceInMs, onProgress = () => {} } = options
  // Others may pass through, not look in: PostgreSQL may have to run as another account. What lies here is 0600 or 0700.
  await mkdir(dataDir, { recursive: true })
  await chmod(dataDir, 0o711)
  await releaseFolder(dataDir, patienceInMs)
  const port = options.port ?? (await findFreePort())
  await untilPortIsFree(port, '127.0.0.1', patienceInMs)
  onProgress('starting PostgreSQL')
  const cluster = await openCluster(dataDir)
  const server = await startServer(cluster, { dataDir, port, durable })
  const dbUrl = `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/postgres`
  const sql = postgres(dbUrl, { onnotice: () => {}, max: 20 })
  const stop = async () => {
    await sql.end({ timeout: 2 })
    await server.stop()
  }
  try {
    await bootstrap(sql)
    await sql`select realtime.maintain_partitions()`
    onProgress('applying migrations')
    await migrate(sql, dbUrl, options.migrationsDir)
  } catch (error) {
    await stop()
    throw error
  }
  return { dbUrl, sql, exited: server.exited, stop }
}
