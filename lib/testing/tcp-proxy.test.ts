import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts'

/** A line to a server, with one connection on it. */
async function openLine() {
  const accepted: Socket[] = []
  const server = createServer({ allowHalfOpen: true }, (socket) => accepted.push(record(socket)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy = await openTcpProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  onTestFinished(async () => {
    await proxy.close()
    server.close()
  })
  const client = await call(proxy)
  await vi.waitFor(() => expect(accepted).toHaveLength(1))
  return { proxy, client, server: accepted[0] as Socket, accepted }
}

const received = new WeakMap<Socket, { text: string; chunks: number; ended: boolean; code?: string }>()
const heard = (socket: Socket) => received.get(socket)

function record(socket: Socket): Socket {
  const log: { text: string; chunks: number; ended: boolean; code?: string } = {
    text: '',
    chunks: 0,
    ended: false,
  }
  received.set(socket, log)
  socket.setEncoding('utf8')
  socket.on('data', (text) => {
    log.text += text
    log.chunks += 1
  })
  socket.on('end', () => {
    log.ended = true
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    log.code = error.code ?? 'unknown'
  })
  return socket
}

async function call({ url }: TcpProxy): Promise<Socket> {
  const { port, hostname } = new URL(url)
  const socket = record(connect({ port: Number(port), host: hostname, allowHalfOpen: true }))
  await once(socket, 'connect')
  return socket
}

test('carries both directions, and the end of each', async () => {
  const { client, server } = await openLine()
  client.end('question')
  await vi.waitFor(() => expect(heard(server)).toMatchObject({ text: 'question', ended: true }))
  server.end('answer')
  await vi.waitFor(() => expect(heard(client)).toMatchObject({ text: 'answer', ended: true }))
})

test('holds everything back while it is stalled, and loses none of it', async () => {
  const { proxy, client, server, accepted } = await openLine()
  proxy.suffer({ kind: 'stall' })
  client.write('held ')
  const later = await call(proxy)
  later.write('later')
  await vi.waitFor(() => expect(accepted).toHaveLength(2))
  expect(heard(server)?.text).toBe('')
  client.write('back')
  proxy.suffer(null)
  await vi.waitFor(() => expect(heard(server)?.text).toBe('held back'))
  await vi.waitFor(() => expect(heard(accepted[1] as Socket)?.text).toBe('later'))
})

test.each([
  { kind: 'delay', delayInMs: 30 },
  { kind: 'jitter', maxInMs: 30 },
  { kind: 'throttle', bytesPerSecond: 2_000 },
  { kind: 'byte_by_byte' },
] as const)('keeps the order and every byte under $kind', async (fault) => {
  const { proxy, client, server } = await openLine()
  proxy.suffer(fault)
  const words = Array.from({ length: 20 }, (_, index) => `${index} día. `)
  for (const word of words) client.write(word)
  client.end()
  await vi.waitFor(() => expect(heard(server)).toMatchObject({ text: words.join(''), ended: true }))
})

test('writes one byte after the other', async () => {
  const { proxy, client, server } = await openLine()
  proxy.suffer({ kind: 'byte_by_byte' })
  client.write('0123456789'.repeat(20))
  await vi.waitFor(() => expect(heard(server)?.text).toHaveLength(200))
  expect(heard(server)?.chunks).toBeGreaterThan(20)
})

test('delays', async () => {
  const { proxy, client, server } = await openLine()
  proxy.suffer({ kind: 'delay', delayInMs: 80 })
  const startedAt = performance.now()
  client.write('late')
  await vi.waitFor(() => expect(heard(server)?.text).toBe('late'))
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(79)
})

test('resets both ends', async () => {
  const { proxy, client, server } = await openLine()
  proxy.cut()
  await vi.waitFor(() => expect(heard(client)?.code).toBe('ECONNRESET'))
  await vi.waitFor(() => expect(heard(server)?.code).toBe('ECONNRESET'))
})

test('closes one direction only', async () => {
  const { proxy, client, server } = await openLine()
  proxy.halfClose('client')
  await vi.waitFor(() => expect(heard(client)?.ended).toBe(true))
  server.write('into the void')
  client.write('still heard')
  await vi.waitFor(() => expect(heard(server)).toMatchObject({ text: 'still heard', ended: false }))
  expect(heard(client)?.text).toBe('')
})

test('refuses who comes, leaves who is there, and takes calls again when it has healed', async () => {
  const { proxy, client, server } = await openLine()
  proxy.suffer({ kind: 'refuse' })
  const refused = await call(proxy).catch(() => null)
  if (refused) await vi.waitFor(() => expect(heard(refused)?.code).toBe('ECONNRESET'))
  client.write('here')
  await vi.waitFor(() => expect(heard(server)?.text).toBe('here'))
  proxy.suffer(null)
  const next = await call(proxy)
  next.write('in')
  await vi.waitFor(() => expect(heard(next)?.code).toBeUndefined())
})

test('passes on what somebody said who is gone', async () => {
  const { proxy, client, server } = await openLine()
  proxy.suffer({ kind: 'stall' })
  client.write('last words', () => client.destroy())
  await once(client, 'close')
  proxy.suffer(null)
  await vi.waitFor(() => expect(heard(server)).toMatchObject({ text: 'last words', ended: true }))
})

test('hangs up where there is no server', async () => {
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const { port } = closed.address() as AddressInfo
  closed.close()
  const proxy = await openTcpProxy(`http://127.0.0.1:${port}`)
  onTestFinished(() => proxy.close())
  const client = await call(proxy)
  await vi.waitFor(() => expect(heard(client)?.code).toBe('ECONNRESET'))
})
