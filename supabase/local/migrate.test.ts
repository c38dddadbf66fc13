import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from './migrate.ts'
import { type Database, startDatabase } from './postgres/database.ts'
import { StartRefused } from './refusals.ts'

let folder: string
let migrations: string
let database: Database
const write = (name: string, sql: string) => writeFile(path.join(migrations, name), sql)

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'whatssound migrations '))
  migrations = path.join(folder, 'migrations')
  await mkdir(migrations)
  await write('20260101000000_first.sql', 'create table first (id int);')
  database = await startDatabase({
    dataDir: path.join(folder, 'data'),
    migrationsDir: migrations,
    durable: false,
  })
})
afterAll(async () => {
  await database.stop()
  await rm(folder, { recursive: true })
})

test('migrations are applied before the database is handed out', async () => {
  expect(await database.sql`select * from first`).toEqual([])
})

test('the CLI is left alone when there is nothing new', async () => {
  await migrate(database.sql, 'postgresql://nobody@127.0.0.1:1/nowhere', migrations)
})

test('a new migration is applied', async () => {
  await write('20260102000000_second.sql', 'create table second (id int);')
  await migrate(database.sql, database.dbUrl, migrations)
  expect(await database.sql`select * from second`).toEqual([])
})

test('a migration that fails is reported with the reason and leaves nothing behind', async () => {
  await write('20260103000000_third.sql', 'create table third (id int); select * from nowhere;')
  const failing = migrate(database.sql, database.dbUrl, migrations)
  await expect(failing).rejects.toThrow(StartRefused)
  await expect(failing).rejects.toThrow('relation "nowhere" does not exist')
  expect(await database.sql`select to_regclass('third') as table`).toEqual([{ table: null }])
})
