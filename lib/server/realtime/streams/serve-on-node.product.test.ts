import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createChunks } from '@supabase/ssr'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { catchUpSchema } from '#lib/protocol/envelope.ts'
import { errorBodySchema } from '#lib/protocol/errors.ts'
import { authCookieName } from '#lib/protocol/public-config.ts'
import type { Db } from '#lib/server/db/clients.ts'
import { log } from '#lib/server/log.ts'
import { createSession, joinSession } from '#lib/server/sessions/enter-session.ts'
import { runCommand } from '#lib/server/sessions/run-command.ts'
import { enterAs, mustCall } from '#lib/testing/people.ts'
import { closeTheHub, theHub } from '../the-hub.ts'
import { serveStreams } from './serve-on-node.ts'
import { type ReadStream, readStream } from './testing/read-stream.ts'

/** Streams on the real Supabase: tokens that Auth signed, members that SQL knows, and the log. */
let server: Server
let origin: string

beforeAll(async () => {
  const { url, publishableKey, secretKey } = inject('supabase')
  vi.stubEnv('SUPABASE_URL', url)
  vi.stubEnv('SUPABASE_PUBLISHABLE_KEY', publishableKey)
  vi.stubEnv('SUPABASE_SECRET_KEY', secretKey)
  log.level = 'silent'
  server = createServer((request, response) => {
    if (!serveStreams(request, response)) response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  await closeTheHub()
  server.close()
  await once(server, 'close')
})

type Somebody = { id: string; db: Db; bearer: Record<string, string>; cookie: Record<string, string> }

async function enter(name: string): Promise<Somebody> {
  const { id, db } = (await enterAs(name)) as unknown as { id: string; db: Db }
  const { data } = await db.auth.getSession()
  const session = Buffer.from(JSON.stringify(data.session)).toString('base64url')
  const chunks = createChunks(authCookieName, `base64-${session}`, 500)
  return {
    id,
    db,
    bearer: { authorization: `Bearer ${data.session?.access_token}` },
    cookie: { cookie: chunks.map((chunk) => `${chunk.name}=${chunk.value}`).join('; ') },
  }
}

async function openRoom(visibility: 'public' | 'private' = 'public') {
  const dj = await enter('Diana')
  const { id } = await createSession(dj.db, { title: 'Noche', visibility, artworkPath: null })
  return { dj, sessionId: id, path: `${origin}/api/sessions/${id}` }
}

const say = (who: Somebody, sessionId: string, text: string) =>
  runCommand({ userId: who.id, db: who.db }, sessionId, {
    kind: 'chat.send',
    commandId: crypto.randomUUID(),
    text,
  })

const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 10 })

const begun = (stream: ReadStream) => until(() => expect(stream.envelopes().length).toBeGreaterThan(0))

const codeOf = async (response: Response): Promise<string> =>
  errorBodySchema.parse(await response.json()).error.code

describe('streams of a session', () => {
  it('bring what others say, and only the acknowledgement goes to who says it', async () => {
    const { dj, sessionId, path } = await openRoom()
    const luis = await enter('Luis')
    await joinSession(luis.db, sessionId, null, 200)
    const ofDj = await readStream(`${path}/events`, dj.bearer)
    const ofLuis = await readStream(`${path}/events`, luis.cookie)
    await Promise.all([begun(ofDj), begun(ofLuis)])

    const first = await say(luis, sessionId, 'hola')
    expect(first).toEqual({ commandId: expect.any(String), seq: expect.any(Number) })
    await say(dj, sessionId, 'qué tal')
    for (const stream of [ofDj, ofLuis]) {
      await until(() => expect(stream.messages()).toEqual(['hola', 'qué tal']))
    }
    expect(ofDj.lastEventId()).toBe(String((first.seq ?? 0) + 1))
    ofDj.abort()
    ofLuis.abort()
  })

  it('are fed by the process that commits, before Realtime brings the same', async () => {
    const { dj, sessionId, path } = await openRoom()
    const fed = vi.spyOn(theHub(), 'feed')
    const stream = await readStream(`${path}/events`, dj.bearer)
    await begun(stream)
    const { seq } = await say(dj, sessionId, 'once')
    expect(fed).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ sid: sessionId, to: seq }))
    await until(() => expect(stream.messages()).toEqual(['once']))
    await say(dj, sessionId, 'twice')
    await until(() => expect(stream.messages()).toEqual(['once', 'twice']))
    fed.mockRestore()
    stream.abort()
  })

  it('end at once for whoever is banned, who does not get in again', async () => {
    const { dj, sessionId, path } = await openRoom()
    const luis = await enter('Luis')
    await joinSession(luis.db, sessionId, null, 200)
    const stream = await readStream(`${path}/events`, luis.cookie)
    const cursor = await (async () => {
      await begun(stream)
      return stream.envelopes().at(-1)?.to
    })()
    const held = fetch(`${path}/poll?after=${cursor}&waitInMs=25000`, { headers: luis.bearer })
    // Answered because Luis shows as present, or because he is banned: both before its time.
    await mustCall(dj.db, 'ban_member', { p_session_id: sessionId, p_user_id: luis.id })
    expect(await stream.ended).toBe('ended')
    expect(stream.bye()).toEqual({ reason: 'banned', retryInMs: null })
    expect([200, 403]).toContain((await held).status)
    for (const address of ['events', 'poll?after=0&waitInMs=1000', 'poll?after=0']) {
      const response = await fetch(`${path}/${address}`, { headers: luis.cookie })
      expect(response.status).toBe(403)
      expect(await codeOf(response)).toBe('banned')
    }
  })

  it('hold a poll until there is something to tell', async () => {
    const { dj, sessionId, path } = await openRoom()
    const poll = async (after: number) => {
      const response = await fetch(`${path}/poll?after=${after}&waitInMs=25000`, { headers: dj.cookie })
      expect(response.status).toBe(200)
      const answer = catchUpSchema.parse(await response.json())
      if ('reset' in answer) throw new Error('The cursor is of no use.')
      return answer
    }
    const heard: string[] = []
    let cursor = 0
    const listening = (async () => {
      while (heard.length < 3) {
        const { from, to, items } = await poll(cursor)
        expect(from).toBe(cursor)
        cursor = to
        heard.push(...items.flatMap((item) => (item.kind === 'chat.sent' ? item.payload.text : [])))
      }
    })()
    for (const text of ['uno', 'dos', 'tres']) await say(dj, sessionId, text)
    await listening
    expect(heard).toEqual(['uno', 'dos', 'tres'])
    const fromLog = await fetch(`${path}/poll?after=0`, { headers: dj.bearer })
    expect(catchUpSchema.parse(await fromLog.json())).toMatchObject({ from: 0, to: cursor })
  })

  it('refuse whoever is no member, as SQL does', async () => {
    const [open, closed, luis] = await Promise.all([openRoom(), openRoom('private'), enter('Luis')])
    const codes = async (path: string, headers: Record<string, string>) => {
      const addresses = ['events', 'poll?after=0&waitInMs=1000', 'poll?after=0']
      const responses = addresses.map((address) => fetch(`${path}/${address}`, { headers }).then(codeOf))
      return [...new Set(await Promise.all(responses))]
    }
    expect(await codes(open.path, luis.cookie)).toEqual(['not_allowed'])
    expect(await codes(closed.path, luis.cookie)).toEqual(['not_found'])
    expect(await codes(`${origin}/api/sessions/${crypto.randomUUID()}`, luis.cookie)).toEqual(['not_found'])
    expect(await codes(open.path, {})).toEqual(['not_signed_in'])
    const forged = `${luis.bearer.authorization?.slice(0, -4)}AAAA`
    expect(await codes(open.path, { authorization: forged })).toEqual(['not_signed_in'])
  })
})
