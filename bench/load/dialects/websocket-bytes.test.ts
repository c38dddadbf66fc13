import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import type { ReaderSpec } from './dialect.ts'
import { websocket } from './websocket.ts'

test('speaks with a real WebSocket server, whatever the size of its messages', async () => {
  const sizes = [2, 125, 126, 70_000]
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  server.on('connection', (client) => {
    for (const size of sizes) client.send(JSON.stringify('x'.repeat(size)))
    client.ping('are you there')
  })
  const pong = once(server, 'connection').then(([client]) => once(client, 'pong'))

  const { port } = server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  const seen: number[] = []
  const spec: ReaderSpec = { dialect: 'websocket', port, path: '/', sessionId: '' }
  const conversation = websocket(spec, {
    send: (bytes) => socket.write(bytes),
    onOpen: () => {},
    onEnvelope: (text) => seen.push(String(text).length),
    onError: (why) => expect.fail(why),
  })
  socket.on('data', conversation.push)
  conversation.begin(undefined)

  expect(String(await pong)).toBe('are you there')
  expect(seen).toEqual(sizes)
  expect(conversation.isAtBoundary()).toBe(true)
  socket.destroy()
  server.close()
})
