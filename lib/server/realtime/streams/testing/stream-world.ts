import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { pino } from 'pino'
import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'
import { createHub } from '../../hub/hub.ts'
import type { HubMeter } from '../../hub/hub-meter.ts'
import { createAuthoriseStream } from '../authorise-stream.ts'
import { createMemberCheck } from '../member-check.ts'
import { createStreams, type Streams } from '../streams.ts'
import { createFakeSession } from './fake-session.ts'
import { type ReadStream, readStream } from './read-stream.ts'

/** One of the two forms in which the streams are served. */
export type StreamForm = (streams: () => Streams) => RequestListener

/** A server with one session in memory: the real hub and the real streams, over a log, an upstream and people that are not. */
export async function openStreamWorld(form: StreamForm) {
  const session = createFakeSession()
  const counts = { readers: 0, skipped: 0, asked: 0 }
  const clock = { aheadInMs: 0 }
  const now = () => Date.now() + clock.aheadInMs
  const refusals = new Map<string, ErrorCode>()
  const members = new Set<string>()

  const hub = createHub({
    instance: 'here',
    openUpstream: session.openUpstream,
    readLog: session.readLog,
    touch: async () => {},
    meter: countingMeter(counts),
    now,
    random: () => 0.5,
  })
  const whoOf = (token: string) => {
    const [userId = '', expiresAtInMs] = token.split('.')
    if (Number(expiresAtInMs) <= now()) throw new CodedError('not_signed_in')
    return { userId, isGuest: false, expiresAtInMs: Number(expiresAtInMs) }
  }
  /** Refuses as SQL does. */
  const asMember = (accessToken: string, sessionId: string) => {
    const { userId } = whoOf(accessToken)
    if (!members.has(userId)) throw new CodedError(refusals.get(userId) ?? 'not_allowed')
    if (sessionId !== session.id) throw new CodedError('not_found')
  }
  const streams = createStreams({
    hub,
    authorise: createAuthoriseStream({
      verify: async (token) => whoOf(token),
      isMember: createMemberCheck(async (sessionId, userIds) => {
        counts.asked += 1
        return new Set(userIds.filter((id) => sessionId === session.id && members.has(id)))
      }),
      refuseOutsider: async (sessionId, accessToken) => asMember(accessToken, sessionId),
    }),
    catchUpAs: async (accessToken, sessionId, after) => {
      asMember(accessToken, sessionId)
      return session.readLog(sessionId, after)
    },
    log: pino({ level: 'silent' }),
    now,
    random: () => 0.5,
  })

  const sockets = new Set<Socket>()
  const server = createServer(form(() => streams)).on('connection', (socket) => sockets.add(socket))
  // None of a server's limits on requests may end a stream.
  server.requestTimeout = 500
  server.headersTimeout = 400
  server.keepAliveTimeout = 100
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const enter = (): string => {
    const userId = crypto.randomUUID()
    members.add(userId)
    return userId
  }
  const ban = (userId: string): void => {
    members.delete(userId)
    refusals.set(userId, 'banned')
  }
  const credentials = (userId: string, expiresInMs = 3_600_000) => ({
    authorization: `Bearer ${userId}.${now() + expiresInMs}`,
  })
  const urlOf = (kind: 'events' | 'poll', query = '', sessionId = session.id) =>
    `http://127.0.0.1:${port}/api/sessions/${sessionId}/${kind}${query}`

  return {
    session,
    hub,
    streams,
    clock,
    counts,
    sockets,
    refusals,
    port,
    enter,
    ban,
    credentials,
    urlOf,
    read: (userId: string, query = '', headers: Record<string, string> = {}): Promise<ReadStream> =>
      readStream(urlOf('events', query), { ...credentials(userId), ...headers }),
    poll: (userId: string, query: string, signal?: AbortSignal): Promise<Response> =>
      fetch(urlOf('poll', query), { headers: credentials(userId), ...(signal && { signal }) }),
    close: async () => {
      await hub.close()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

export type StreamWorld = Awaited<ReturnType<typeof openStreamWorld>>

function countingMeter(counts: { readers: number; skipped: number }): HubMeter {
  const nothing = (): void => {}
  return {
    readers: (_way, change) => {
      counts.readers += change
    },
    skipped: (readers) => {
      counts.skipped += readers
    },
    upstreams: nothing,
    resumed: nothing,
    fannedOut: nothing,
    upstreamLag: nothing,
    endToEnd: nothing,
    dropped: nothing,
    gapFilled: nothing,
    logFailed: nothing,
  }
}
