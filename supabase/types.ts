/**
 * `npm run db:types` writes the TypeScript types of the schema that the migrations make; with `--check` it writes
 * nothing and fails where they differ. Needs no running stack: it starts a database of its own and removes it.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { generateTypescript, sortGeneratorMetadata } from '@supabase/postgrest-typegen/generation'
import { introspect } from '@supabase/postgrest-typegen/introspection'
import { startDatabase } from './local/postgres/database.ts'

const target = path.join(import.meta.dirname, '../lib/server/db/database.types.ts')

async function generateTypes(): Promise<string> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'db-types-'))
  const database = await startDatabase({ dataDir, durable: false })
  try {
    const queryable = { query: async (text: string) => ({ rows: await database.sql.unsafe(text) }) }
    const metadata = await introspect(queryable, { includedSchemas: ['public'] })
    return await generateTypescript(sortGeneratorMetadata(metadata))
  } finally {
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const types = await generateTypes()
if (!process.argv.includes('--check')) {
  await writeFile(target, types)
} else if (types !== (await readFile(target, 'utf8').catch(() => ''))) {
  console.error('lib/server/db/database.types.ts does not fit the migrations: run `npm run db:types`')
  process.exitCode = 1
}
