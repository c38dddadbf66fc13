import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Sql } from 'postgres'
import { StartRefused } from './refusals.ts'

const run = promisify(execFile)

/** The folder that the Supabase CLI calls `supabase`: migrations, seed.sql, config.toml. */
const supabaseFolder = path.join(import.meta.dirname, '..')
const projectMigrations = path.join(supabaseFolder, 'migrations')

/**
 * Applies the migrations that the database has not seen, with the Supabase CLI, as for production; then, on a
 * database that had none at all, `supabase/seed.sql`.
 *
 * @param migrationsDir another folder of migrations, for tests; it gets no seed.
 */
export async function migrate(sql: Sql, dbUrl: string, migrationsDir = projectMigrations): Promise<void> {
  const [wanted, applied] = await Promise.all([versionsIn(migrationsDir), appliedVersions(sql)])
  if (wanted.every((version) => applied.has(version))) return
  await pushWithCli(dbUrl, migrationsDir)
  const seed = path.join(supabaseFolder, 'seed.sql')
  if (applied.size === 0 && migrationsDir === projectMigrations && existsSync(seed)) {
    await sql.unsafe(await readFile(seed, 'utf8'))
  }
}

async function versionsIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const files = await readdir(folder)
  return files.flatMap((file) => /^(\d+)_.*\.sql$/.exec(file)?.[1] ?? [])
}

async function appliedVersions(sql: Sql): Promise<Set<string>> {
  const [history] = await sql`select to_regclass('supabase_migrations.schema_migrations') as name`
  if (!history?.name) return new Set()
  const rows = await sql<{ version: string }[]>`select version from supabase_migrations.schema_migrations`
  return new Set(rows.map((row) => row.version))
}

/** The CLI wants a project folder; a copy keeps its temporary files out of the repository. */
async function pushWithCli(dbUrl: string, migrationsDir: string): Promise<void> {
  const project = await mkdtemp(path.join(tmpdir(), 'supabase-migrate-'))
  try {
    await cp(migrationsDir, path.join(project, 'supabase', 'migrations'), { recursive: true })
    const cli = cliProgram()
    await run(cli, ['db', 'push', '--db-url', dbUrl, '--yes', '--workdir', project], {
      env: { ...process.env, SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
      maxBuffer: 64 * 1024 * 1024,
    })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new StartRefused(`The migrations failed:\n${`${stdout}\n${stderr}`.trim() || error}`)
  } finally {
    await rm(project, { recursive: true, force: true })
  }
}

/** The CLI's own executable; its npm launcher would only start one more Node. */
function cliProgram(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('supabase/package.json'))
  return path.join(
    path.dirname(require.resolve(`@supabase/cli-${process.platform}-${process.arch}/package.json`)),
    'bin',
    'supabase',
  )
}
