import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from './ports.ts'
import { startStack } from './stack.ts'
import { anonymousClient, serviceClient, signInSomebody } from './testing/people.ts'

test('people, rows, files and keys survive a restart', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'whatssound stack '))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const migrationsDir = path.join(import.meta.dirname, 'testing', 'migrations')
  const options = { dataDir, port: 0, host: '127.0.0.1', migrationsDir, durable: false }

  const first = await startStack(options)
  const ana = await signInSomebody(first)
  await ana.client.from('rooms').insert({ title: 'kept', owner: ana.id })
  await ana.client.storage.from('own-folders').upload(`${ana.id}/kept.txt`, 'kept')
  const { data: before } = await ana.client.auth.getSession()
  await first.stop()

  const second = await startStack(options)
  onTestFinished(second.stop)
  expect(second).toMatchObject({ publishableKey: first.publishableKey, secretKey: first.secretKey })
  const { data, error } = await anonymousClient(second).auth.refreshSession({
    refresh_token: before.session?.refresh_token ?? '',
  })
  expect(error).toBeNull()
  expect(data.user?.id).toBe(ana.id)
  const service = serviceClient(second)
  expect((await service.from('rooms').select('title')).data).toEqual([{ title: 'kept' }])
  const file = await service.storage.from('own-folders').download(`${ana.id}/kept.txt`)
  expect(await file.data?.text()).toBe('kept')
})

test('a stack that cannot have its port leaves nothing running', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'whatssound stack '))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const other = createServer()
  onTestFinished(() => void other.close())
  const port = await listen(other, 0, '127.0.0.1')
  const refused = startStack({ dataDir, port, host: '127.0.0.1', patienceInMs: 0 })
  await expect(refused).rejects.toThrow(`Port ${port} is in use`)
})
