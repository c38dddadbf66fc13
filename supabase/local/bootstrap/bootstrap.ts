import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Sql } from 'postgres'

/**
 * Prepares an empty database as a new hosted project comes: roles, schemas, helper functions. Does nothing
 * where the same files ran before, so that rights which migrations took away stay taken away.
 */
export async function bootstrap(sql: Sql): Promise<void> {
  const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.sql')).sort()
  const texts = await Promise.all(files.map((file) => readFile(path.join(import.meta.dirname, file), 'utf8')))
  const mark = `bootstrap ${createHash('sha256').update(texts.join()).digest('hex')}`
  const [database] = await sql<{ comment: string | null }[]>`
    select shobj_description(oid, 'pg_database') as comment from pg_database where datname = current_database()`
  if (database?.comment === mark) return
  await sql.begin(async (tx) => {
    for (const text of texts) await tx.unsafe(text)
    await tx.unsafe(`comment on database postgres is '${mark}'`)
  })
}
