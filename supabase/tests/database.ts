import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { startDatabase } from '../local/postgres/database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    dbUrl: string
  }
}

/** Starts one PostgreSQL with all migrations for the SQL tests, and removes it afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'sql-tests-'))
  const database = await startDatabase({ dataDir, durable: false })
  project.provide('dbUrl', database.dbUrl)
  return async () => {
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
