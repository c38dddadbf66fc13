import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { BINARY, encodeWebSocketFrame, TEXT } from './websocket-frame.ts'

const server = createServer()
let client: WebSocket
/** The server's side of the client's connection, for writing frames by hand. */
let socket: Duplex

beforeAll(async () => {
  const webSockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, duplex, head) => webSockets.handleUpgrade(request, duplex, head, () => {}))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const upgraded = once(server, 'upgrade')
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  ;[, socket] = await upgraded
  await once(client, 'open')
})
afterAll(() => {
  client.terminate()
  server.close()
})

async function received(frame: Buffer): Promise<{ data: Buffer; isBinary: boolean }> {
  const message = once(client, 'message')
  socket.write(frame)
  const [data, isBinary] = await message
  return { data, isBinary }
}

test.each([0, 1, 125, 126, 65_535, 65_536, 200_000])(
  'a message of %i bytes comes out as it went in',
  async (size) => {
    const payload = randomBytes(size)
    const { data, isBinary } = await received(encodeWebSocketFrame(BINARY, payload))
    expect(isBinary).toBe(true)
    expect(payload.equals(data)).toBe(true)
  },
)

test('text is marked as text', async () => {
  const { data, isBinary } = await received(encodeWebSocketFrame(TEXT, Buffer.from('canción')))
  expect([String(data), isBinary]).toEqual(['canción', false])
})
