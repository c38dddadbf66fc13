import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import postgres from 'postgres'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import { listen } from '../ports.ts'
import { PortInUse, StartRefused } from '../refusals.ts'
import { type Database, startDatabase } from './database.ts'
import { readLock } from './lock.ts'
import { releaseFolder } from './server.ts'

const noMigrations = path.join(import.meta.dirname, 'no-migrations')
const running: Database[] = []
afterEach(async () => {
  for (const database of running.splice(0)) await database.stop()
})

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'whatssound with spaces '))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function start(dataDir: string): Promise<Database> {
  const database = await startDatabase({ dataDir, migrationsDir: noMigrations, durable: false })
  running.push(database)
  return database
}

test('keeps what was written over a restart, in a path with spaces', async () => {
  const dataDir = await newFolder()
  const first = await start(dataDir)
  await first.sql`create table kept (text text)`
  await first.sql`insert into kept values ('ñandú 🎧')`
  await first.stop()
  const second = await start(dataDir)
  expect(await second.sql`select text from kept`).toEqual([{ text: 'ñandú 🎧' }])
  const [settings] = await second.sql`
    select current_setting('server_encoding') as encoding, current_setting('wal_level') as wal,
           current_setting('listen_addresses') as addresses`
  expect(settings).toEqual({ encoding: 'UTF8', wal: 'logical', addresses: '127.0.0.1' })
})

test('wants its password', async () => {
  const { dbUrl } = await start(await newFolder())
  const stranger = postgres(dbUrl.replace(/:[^:@/]+@/, ':postgres@'), { connect_timeout: 5 })
  await expect(stranger`select 1`).rejects.toThrow('password authentication failed')
  await stranger.end()
})

test('its files are for the owner alone', async () => {
  const dataDir = await newFolder()
  await start(dataDir)
  for (const file of await readdir(dataDir)) {
    expect((await stat(path.join(dataDir, file))).mode & 0o077, file).toBe(0)
  }
})

test('stops a PostgreSQL whose owner was killed, and keeps what it had committed', async () => {
  const dataDir = await newFolder()
  const owner = spawn(process.execPath, [
    path.join(import.meta.dirname, '..', 'testing', 'database-process.ts'),
    dataDir,
  ])
  const [dbUrl] = await once(createInterface({ input: owner.stdout }), 'line')
  const sql = postgres(dbUrl)
  await sql`create table kept as select 1 as one`
  const orphan = readLock(dataDir)?.postgres
  owner.kill('SIGKILL')
  await once(owner, 'exit')
  expect(await sql`select one from kept`).toEqual([{ one: 1 }])
  await sql.end()

  const next = await start(dataDir)
  expect(await next.sql`select one from kept`).toEqual([{ one: 1 }])
  expect(readLock(dataDir)?.postgres?.pid).not.toBe(orphan?.pid)
})

test('a folder in use is left alone', async () => {
  const dataDir = await newFolder()
  const first = await start(dataDir)
  await expect(releaseFolder(dataDir, 0)).rejects.toThrow(StartRefused)
  expect(await first.sql`select 1 as one`).toEqual([{ one: 1 }])
})

test('a first start that was cut off is begun anew', async () => {
  const dataDir = await newFolder()
  const folder = path.join(dataDir, 'postgres.unfinished')
  await mkdir(folder)
  await writeFile(path.join(folder, 'PG_VERSION'), '18')
  const { sql } = await start(dataDir)
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
})

test('a port in use is named', async () => {
  const other = createServer()
  onTestFinished(() => void other.close())
  const port = await listen(other, 0, '127.0.0.1')
  const refused = startDatabase({
    dataDir: await newFolder(),
    port,
    migrationsDir: noMigrations,
    patienceInMs: 0,
  })
  await expect(refused).rejects.toThrow(new PortInUse(port))
})
