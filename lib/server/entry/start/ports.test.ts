import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { refuseBusyPort } from './ports.ts'

test('names the port that is in use and the variable that changes it', async () => {
  const port = await occupyPort()
  const checked = refuseBusyPort(port, 'PORT', 0)
  await expect(checked).rejects.toThrow(`Port ${port} is in use`)
  await expect(checked).rejects.toThrow(`PORT=${port + 1} npm start`)
})

test('waits for a port that becomes free', async () => {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const checked = refuseBusyPort(portOf(server), 'PORT')
  server.close()
  await checked
})

async function occupyPort(): Promise<number> {
  const server = createServer().listen(0)
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return portOf(server)
}

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return address.port
}
