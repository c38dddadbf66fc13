import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { serviceClient } from '../testing/people.ts'
import { createFiles } from './files.ts'

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'whatssound-files-'))
})
afterAll(() => rm(dataDir, { recursive: true }))

async function filesOnDisk(): Promise<string[]> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
}

test('an upload that breaks off leaves no file', async () => {
  const files = createFiles(dataDir)
  async function* broken() {
    yield Buffer.from('half of ')
    throw new Error('gone')
  }
  await expect(files.write(broken(), null)).rejects.toThrow('gone')
  expect(await filesOnDisk()).toEqual([])
})

test('what an earlier process left half-written is cleared away, the rest stays', async () => {
  const files = createFiles(dataDir)
  const whole = await files.write(bytes('whole'), null)
  const written = Promise.withResolvers<void>()
  const rest = Promise.withResolvers<void>()
  async function* unfinished() {
    yield Buffer.from('half of ')
    written.resolve()
    await rest.promise
  }
  const half = files.write(unfinished(), null)
  await written.promise
  expect(await filesOnDisk()).toHaveLength(2)
  createFiles(dataDir)
  expect(await filesOnDisk()).toEqual([whole.version])
  rest.resolve()
  await expect(half).rejects.toThrow('ENOENT')
})

test('a client that goes away in the middle leaves nothing visible', async () => {
  const stack = inject('stack')
  const { hostname, port } = new URL(stack.url)
  const bucket = serviceClient(stack).storage.from('drop-box')
  for (const [type, body] of [
    ['application/octet-stream', 'half of it'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name=""; filename="a"\r\n\r\nhalf of it',
    ],
  ]) {
    const key = randomUUID()
    const socket = connect(Number(port), hostname)
    socket.write(
      `POST /storage/v1/object/drop-box/${key} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${stack.secretKey}\r\n` +
        `Content-Type: ${type}\r\nContent-Length: 100000\r\n\r\n${body}`,
    )
    await new Promise((resolve) => socket.write('x', resolve))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.resetAndDestroy()
    await closed
    // A second upload to the same key finds nothing in its way.
    expect(await bucket.exists(key)).toMatchObject({ data: false })
    expect((await bucket.upload(key, 'whole')).error).toBeNull()
    expect((await bucket.info(key)).data?.size).toBe(5)
  }
})

async function* bytes(text: string) {
  yield Buffer.from(text)
}
