import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createRealtime } from './realtime.ts'
import { connectRaw } from './testing.ts'

const stack = inject('stack')
const sql = postgres(stack.dbUrl, { onnotice: () => {} })
const server = createServer()
// A service of its own, whose tokens hold for a second.
const realtime = createRealtime({
  sql,
  dbUrl: stack.dbUrl,
  isApiKey: () => true,
  verifyToken: async () => ({ role: 'anon', exp: Math.ceil(Date.now() / 1000) + 1 }),
})
let url: string

beforeAll(async () => {
  server.on('upgrade', realtime.handleUpgrade)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await realtime.ready
})
afterAll(async () => {
  await realtime.close()
  server.close()
  await sql.end()
})

test('when a token expires the channel ends, with the reason; the connection stays', async () => {
  const client = await connectRaw({ ...stack, url })
  client.send(['1', '1', 'realtime:x', 'phx_join', { config: {} }])
  expect(await client.take()).toMatchObject({ 3: 'phx_reply' })
  expect(await client.take()).toMatchObject({
    3: 'system',
    4: {
      extension: 'system',
      status: 'error',
      message: expect.stringMatching(/^Token has expired/),
      channel: 'x',
    },
  })
  expect(await client.take()).toEqual(['1', '1', 'realtime:x', 'phx_close', {}])
  client.send([null, '2', 'phoenix', 'heartbeat', {}])
  expect(await client.take()).toMatchObject({ 2: 'phoenix' })
})

test('when the service ends, its clients are told to go', async () => {
  const client = await connectRaw({ ...stack, url })
  const closed = new Promise<number>((resolve) => client.socket.once('close', resolve))
  await realtime.close()
  expect(await closed).toBe(1001)
})
