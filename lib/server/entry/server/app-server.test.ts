import { once } from 'node:events'
import type { Server } from 'node:http'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { type AppHandlers, createAppServer, listen } from './app-server.ts'
import { drain } from './drain.ts'

async function start(handlers: Partial<AppHandlers>): Promise<{ server: Server; url: string }> {
  const unexpected = async () => {
    throw new Error('was not to be asked')
  }
  const server = createAppServer(
    { streams: () => false, pages: unexpected, ...handlers },
    pino({ level: 'silent' }),
  )
  await listen(server, { port: 0, host: '127.0.0.1' })
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  return { server, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` }
}

test('what is no stream goes to the pages', async () => {
  const { url } = await start({
    streams: (request, response) => request.url === '/stream' && Boolean(response.end('a stream')),
    pages: async (request, response) => {
      response.end(`the page ${request.url}`)
    },
  })
  expect(await (await fetch(`${url}/stream`)).text()).toBe('a stream')
  expect(await (await fetch(`${url}/other`)).text()).toBe('the page /other')
})

test('a handler that throws is answered with 500', async () => {
  const { url } = await start({})
  const response = await fetch(url)
  expect(response.status).toBe(500)
  expect(await response.text()).toBe('Internal Server Error')
})

test('a handler that throws in the middle of an answer ends the connection', async () => {
  const { url } = await start({
    pages: async (_request, response) => {
      response.write('half')
      throw new Error('and then it broke')
    },
  })
  await expect(fetch(url).then((response) => response.text())).rejects.toThrow('terminated')
})

test('a port that is taken is an error', async () => {
  const { server } = await start({})
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const second = createAppServer({ streams: () => false, pages: async () => {} }, pino({ level: 'silent' }))
  await expect(listen(second, { port, host: '127.0.0.1' })).rejects.toThrow('EADDRINUSE')
})

test('a request that never ends is cut off when patience ends', async () => {
  const { server, url } = await start({ pages: async () => {} })
  const arrived = once(server, 'request')
  const answer = fetch(url).catch((error: Error) => error.message)
  await arrived
  await drain(server, 50)
  expect(await answer).toBe('fetch failed')
  expect(server.listening).toBe(false)
})
