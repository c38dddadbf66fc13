import path from 'node:path'
import { startDatabase } from '../postgres/database.ts'

/** A process of its own with a database, for tests that kill it. Prints the address. */
const { dbUrl } = await startDatabase({
  dataDir: process.argv[2] ?? '',
  migrationsDir: path.join(import.meta.dirname, 'no-migrations'),
  durable: false,
})
console.log(dbUrl)
