import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { clockAnswerSchema } from '#lib/protocol/clock.ts'
import { createServeClock } from './create-serve-clock.ts'

async function start(): Promise<string> {
  const serveClock = createServeClock(() => 1_795_000_000_000.25)
  const server = createServer((request, response) => {
    if (!serveClock(request, response)) response.writeHead(404).end('something else')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('the time is told to a fraction of a millisecond, and kept by nobody', async () => {
  const response = await fetch(`${await start()}/api/clock`)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(clockAnswerSchema.parse(await response.json())).toEqual({ serverTimeInMs: 1_795_000_000_000.25 })
})

test.each([
  ['GET', '/api/clocks'],
  ['POST', '/api/clock'],
])('%s %s is somebody else’s', async (method, path) => {
  const response = await fetch(`${await start()}${path}`, { method })
  expect(await response.text()).toBe('something else')
})
