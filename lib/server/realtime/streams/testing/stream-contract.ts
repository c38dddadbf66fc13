import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { errorBodySchema } from '#lib/protocol/errors.ts'
import { streamEventNames } from '#lib/protocol/stream.ts'
import { expectGapless, type ReadStream, until } from './read-stream.ts'
import { refusedUrl, whoIsRefused } from './refused.ts'
import { openStreamWorld, type StreamForm, type StreamWorld } from './stream-world.ts'

/** What holds for `GET /api/sessions/[id]/events`, whichever way it is served. */
export function describeEventStreams(name: string, form: StreamForm): void {
  let world: StreamWorld
  beforeEach(async () => {
    world = await openStreamWorld(form)
  })
  afterEach(() => world.close())

  describe(`event streams on ${name}`, () => {
    it('begin at once with where the session is', async () => {
      world.session.say('before')
      const ana = world.enter()
      const stream = await world.read(ana)
      expect(stream.status).toBe(200)
      expect(stream.headers).toMatchObject({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      })
      await until(() => expect(stream.envelopes()).toHaveLength(1))
      expect(stream.text()).toMatch(/^: ok\nretry: \d{4}\n\n/)
      const [first] = stream.envelopes()
      expect(first).toMatchObject({ sid: world.session.id, from: 1, to: 1, items: [] })
      expect(first?.state).toEqual({
        playback: { status: 'idle', rev: 0 },
        tallies: { rev: 0, votes: {} },
        dj: { rev: 0, presentUntil: null, positionInMs: null },
      })
      await until(() =>
        expect(stream.envelopes().findLast(({ presence }) => presence)?.presence).toEqual({
          count: 1,
          userIds: [ana],
        }),
      )
    })

    it('bring everything in order, to everybody', async () => {
      const readers = await Promise.all([1, 2, 3].map(() => world.read(world.enter())))
      for (const reader of readers) await until(() => expect(reader.envelopes().length).toBeGreaterThan(0))
      const texts = Array.from({ length: 60 }, (_, index) => `message ${index} ñ🎉`)
      for (const text of texts) {
        world.session.say(text)
        if (text.includes('0')) await new Promise((resolve) => setImmediate(resolve))
      }
      for (const reader of readers) {
        await until(() => expect(reader.messages()).toEqual(texts))
        expectGapless(reader.envelopes(), 0)
      }
    })

    it('go on where they were left', async () => {
      const ana = world.enter()
      const [before, other] = [await world.read(ana), await world.read(world.enter())]
      world.session.say('one', 'two')
      await until(() => expect(before.messages()).toEqual(['one', 'two']))
      expect(before.lastEventId()).toBe('2')
      before.abort()
      world.session.say('three')
      world.session.say('four')
      // Whoever comes while a frame is about to leave may hear of the same twice.
      await until(() => expect(other.messages()).toEqual(['one', 'two', 'three', 'four']))
      const headers = { 'last-event-id': before.lastEventId() ?? '' }
      const after = await world.read(ana, '?after=0', headers)
      await until(() => expect(after.messages()).toEqual(['three', 'four']))
      const fromCursor = await world.read(ana, '?after=3')
      await until(() => expect(fromCursor.messages()).toEqual(['four']))
      expectGapless(fromCursor.envelopes(), 3)
    })

    it('have a heartbeat with the newest event’s number', async () => {
      world.session.say('one')
      const stream = await world.read(world.enter())
      // The first frame, and the news that one has come.
      await until(() => expect(stream.envelopes().length).toBeGreaterThanOrEqual(2))
      const count = stream.envelopes().length
      world.clock.aheadInMs += 16_000
      await until(() => expect(stream.envelopes()).toHaveLength(count + 1))
      expect(stream.envelopes().at(-1)).toMatchObject({ from: 1, to: 1, items: [] })
    })

    it('ask for a fresh token before theirs ends, and end with it', async () => {
      const ana = world.enter()
      const stream = await world.read(ana, '', world.credentials(ana, 300_000))
      world.clock.aheadInMs += 230_000
      await until(() => expect(stream.count(streamEventNames.renew)).toBe(1))
      world.session.say('still here')
      await until(() => expect(stream.messages()).toEqual(['still here']))
      world.clock.aheadInMs += 80_000
      expect(await stream.ended).toBe('ended')
      expect(stream.bye()).toMatchObject({ reason: 'expired', retryInMs: expect.any(Number) })
      expect(stream.count(streamEventNames.renew)).toBe(1)
    })

    it('end at once for whoever is banned, and for nobody else', async () => {
      const [ana, bruno] = [world.enter(), world.enter()]
      const [banned, other] = await Promise.all([world.read(ana), world.read(bruno)])
      await until(() => expect(banned.envelopes().length * other.envelopes().length).toBeGreaterThan(0))
      world.session.ban(ana)
      expect(await banned.ended).toBe('ended')
      expect(banned.bye()).toEqual({ reason: 'banned', retryInMs: null })
      world.session.say('peace')
      await until(() => expect(other.messages()).toEqual(['peace']))
      expect(other.bye()).toBeNull()
    })

    it('are closed without a word for whoever gives no sign of life, and the others hear that they are gone', async () => {
      const ana = world.enter()
      const [lost, other] = [await world.read(ana), await world.read(world.enter())]
      const count = () => other.envelopes().findLast(({ presence }) => presence)?.presence?.count
      await until(() => expect(count()).toBe(2))
      world.clock.aheadInMs += 16_000
      world.hub.takeForSilent(world.session.id, [ana])
      expect(await lost.ended).toBe('cut')
      expect(lost.bye()).toBeNull()
      await until(() => expect(count()).toBe(1))
    })

    it('do not begin for whoever is banned while the hub gets to know the session', async () => {
      const ana = world.enter()
      const release = world.session.holdLog()
      const opening = fetch(world.urlOf('events'), { headers: world.credentials(ana) })
      await until(() => expect(world.counts.asked).toBe(1))
      world.ban(ana)
      release()
      const response = await opening
      expect(response.status).toBe(403)
      expect(errorBodySchema.parse(await response.json()).error.code).toBe('banned')
      expect(world.counts.readers).toBe(0)
    })

    it('end in order when the server does', async () => {
      const streams = await Promise.all([world.read(world.enter()), world.read(world.enter())])
      await until(() => expect(world.counts.readers).toBe(2))
      await world.hub.close()
      for (const stream of streams) {
        expect(await stream.ended).toBe('ended')
        expect(stream.bye()).toMatchObject({ reason: 'shutdown', retryInMs: expect.any(Number) })
      }
      const late = await world.read(world.enter())
      expect(late.status).toBe(503)
    })

    it('are six a person, the newest', async () => {
      const ana = world.enter()
      const first = await world.read(ana)
      for (const _ of [2, 3, 4, 5, 6]) await world.read(ana)
      expect(first.bye()).toBeNull()
      const seventh = await world.read(ana)
      expect(await first.ended).toBe('ended')
      expect(first.bye()).toMatchObject({ reason: 'replaced' })
      world.session.say('hello')
      await until(() => expect(seventh.messages()).toEqual(['hello']))
    })

    it('are given up by whoever goes away', async () => {
      const stream = await world.read(world.enter())
      await until(() => expect(world.counts.readers).toBe(1))
      stream.abort()
      await until(() => expect(world.counts.readers).toBe(0))
    })

    it('outlive the server’s limits on requests', async () => {
      const stream = await world.read(world.enter())
      // Node looks every `connectionsCheckingInterval`; what it would end is long over by then.
      await new Promise((resolve) => setTimeout(resolve, 1_200))
      world.session.say('later')
      await until(() => expect(stream.messages()).toEqual(['later']))
    })

    it('speak HTTP/1.0 to proxies that do', async () => {
      const ana = world.enter()
      const socket = connect(world.port, '127.0.0.1')
      let text = ''
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      socket.write(requestOf(world, ana, '1.0'))
      await until(() => expect(text).toContain('event: envelope'))
      world.session.say('old')
      await until(() => expect(text).toContain('"text":"old"'))
      expect(text).not.toMatch(/transfer-encoding/i)
      const [, body = ''] = text.split('\r\n\r\n')
      expect(body).toMatch(/^: ok\nretry: \d+\n\nid: 0\nevent: envelope\ndata: /)
      await world.hub.close()
      await once(socket, 'close')
      expect(text).toContain('event: bye')
    })

    it.each(whoIsRefused)('refuse %s', async (who, status, code) => {
      const { url, headers } = refusedUrl(world, who, 'events')
      const response = await fetch(url, { headers })
      expect(response.status).toBe(status)
      expect(errorBodySchema.parse(await response.json()).error.code).toBe(code)
      expect(response.headers.get('cache-control')).toBe('no-store')
    })
  })

  describe(`readers that do not read on ${name}`, { timeout: 20_000 }, () => {
    it('delay nobody, take little memory, and are dropped', async () => {
      const paused = await openPaused(world, world.enter())
      const reader = await world.read(world.enter())
      await fillUp(world, reader)
      expectGapless(reader.envelopes(), 0)
      for (const { writableLength } of world.sockets) expect(writableLength).toBeLessThan(2 * frameBytes)
      world.clock.aheadInMs += 21_000
      await until(() => expect(world.counts.readers).toBe(1))
      paused.resume()
      await once(paused, 'close')
      world.session.say('goes on')
      await until(() => expect(reader.messages().at(-1)).toBe('goes on'))
    })

    it('are told where the session is once they read again', async () => {
      const paused = await openPaused(world, world.enter())
      await fillUp(world, await world.read(world.enter()))
      let text = ''
      paused.setEncoding('utf8').on('data', (chunk: string) => {
        text = (text + chunk).slice(-1_000)
      })
      world.session.say('and on')
      paused.resume()
      await until(() => expect(text).toContain('and on'))
      expect(world.counts.readers).toBe(2)
    })
  })
}

const frameBytes = 400_000

/** Talks until the buffers of a reader that does not read are full, while another one reads along. */
async function fillUp(world: StreamWorld, reader: ReadStream): Promise<void> {
  const texts = Array.from({ length: 20 }, () => 'x'.repeat(frameBytes / 20))
  while (world.counts.skipped < 3) {
    world.session.say(...texts)
    await until(() => expect(reader.envelopes().at(-1)?.to).toBe(world.session.seq))
  }
}

async function openPaused(world: StreamWorld, userId: string): Promise<Socket> {
  const socket = connect(world.port, '127.0.0.1')
  socket.pause()
  socket.write(requestOf(world, userId, '1.1'))
  await until(() => expect(world.counts.readers).toBe(1))
  return socket.on('error', () => {})
}

function requestOf(world: StreamWorld, userId: string, version: string): string {
  const { pathname } = new URL(world.urlOf('events'))
  const { authorization } = world.credentials(userId)
  return `GET ${pathname} HTTP/${version}\r\nhost: app.test\r\nauthorization: ${authorization}\r\n\r\n`
}
