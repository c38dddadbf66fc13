import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { afterAll, expect, it } from 'vitest'
import { CodedError } from '#lib/protocol/errors.ts'
import { livePlaylistPath } from '#lib/protocol/live.ts'
import { createServePlaylists } from './create-serve-playlists.ts'

const known = crypto.randomUUID()
const serve = createServePlaylists({
  playlist: async (streamId, headers) => {
    if (streamId !== known) throw new CodedError('not_found')
    return `#EXTM3U for ${headers.get('host')}`
  },
  log: pino({ level: 'silent' }),
})
/** Stands for Next: says that it was left the request. */
const server = createServer(async (request, response) => {
  if (!(await serve(request, response))) response.writeHead(299).end()
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
const get = (path: string, method = 'GET') => fetch(`http://${host}${path}`, { method })
afterAll(() => server.close())

it('answers with the playlist as it is now', async () => {
  const response = await get(livePlaylistPath(known))
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('content-type')).toBe('application/vnd.apple.mpegurl')
  expect(await response.text()).toBe(`#EXTM3U for ${host}`)
})

it('refuses what is not there', async () => {
  expect((await get(livePlaylistPath(crypto.randomUUID()))).status).toBe(404)
  expect((await get('/api/live/no-uuid/index.m3u8')).status).toBe(400)
})

it('leaves everything else to Next', async () => {
  expect((await get(livePlaylistPath(known), 'POST')).status).toBe(299)
  expect((await get(`/api/live/${known}/end`)).status).toBe(299)
  expect((await get('/api/health')).status).toBe(299)
})
