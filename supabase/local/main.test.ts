import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { findFreePort } from './ports.ts'

it('ends as a failure when PostgreSQL is killed, so that whoever started it can start it again', async () => {
  const data = await mkdtemp(path.join(tmpdir(), 'main-'))
  const main = fork(path.join(import.meta.dirname, 'main.ts'), {
    silent: true,
    env: {
      ...process.env,
      WHATSSOUND_DATA: data,
      SUPABASE_LOCAL_PORT: String(await findFreePort()),
      SUPABASE_LOCAL_DB_PORT: String(await findFreePort()),
    },
  })
  onTestFinished(async () => {
    main.kill('SIGKILL')
    await rm(data, { recursive: true, force: true, maxRetries: 10 })
  })
  await new Promise<void>((resolve) =>
    main.on('message', (message: object) => 'ready' in message && resolve()),
  )
  const [pid] = (await readFile(path.join(data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  const exited = once(main, 'exit')
  process.kill(Number(pid), 'SIGKILL')
  expect(await exited).toEqual([1, null])
})
