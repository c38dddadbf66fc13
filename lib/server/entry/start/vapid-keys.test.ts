import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parseWorkerEnv } from '#lib/env/server.ts'
import { loadVapidKeys } from './vapid-keys.ts'

test('makes keys once, which the parts accept, and keeps them to itself', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'whatssound-vapid-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const keys = await loadVapidKeys(dataDir)
  expect(await loadVapidKeys(dataDir)).toEqual(keys)
  expect((await stat(path.join(dataDir, 'vapid.json'))).mode & 0o077).toBe(0)
  const others = {
    SUPABASE_URL: 'http://localhost:54321',
    SUPABASE_PUBLISHABLE_KEY: 'x',
    SUPABASE_SECRET_KEY: 'x',
    SUPABASE_DB_URL: 'postgres://localhost/postgres',
  }
  expect(parseWorkerEnv({ ...others, ...keys })).toMatchObject(keys)
})
