import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Realtime, RealtimeDeps } from '../deps.ts'
import { createChanges } from './changes/changes.ts'
import { Connection } from './connection.ts'
import { broadcastRoutes } from './http.ts'
import type { RealtimeParts } from './parts.ts'
import { openReplication } from './replication/stream.ts'
import { publishStored } from './stored-messages.ts'
import { createTopics } from './topics.ts'

const MAX_MESSAGE_BYTES = 3 * 1024 * 1024
const CHECK_EVERY_MS = 1000
const MAINTAIN_EVERY_MS = 60 * 60 * 1000
const PUBLICATIONS = ['supabase_realtime', 'supabase_realtime_messages']

/**
 * The embedded Supabase Realtime: the Phoenix channels protocol as realtime-js speaks it, with Broadcast
 * (also from the database and over HTTP), Presence, Postgres Changes and private channels.
 */
export function createRealtime({ sql, dbUrl, verifyToken, isApiKey }: RealtimeDeps): Realtime {
  /** Unknown until the first attempt; each change is reported once. */
  let isReplicating: boolean | undefined
  let replicating = Promise.withResolvers<void>()
  const ready = replicating.promise
  const topics = createTopics()
  const changes = createChanges(sql)
  const parts: RealtimeParts = {
    sql,
    verifyToken,
    topics,
    changes,
    whenReplicating: () => replicating.promise,
  }

  const replication = openReplication(dbUrl, PUBLICATIONS, {
    onMessage(message, relationOf) {
      const relation = message.kind === 'insert' ? relationOf(message.relationOid) : undefined
      // Rows of its partitions may come under the table's name or their own.
      const isStored = relation?.schema === 'realtime' && /^messages(_|$)/.test(relation.table)
      if (message.kind === 'insert' && isStored) publishStored(topics, message.after)
      else changes.handle(message, relationOf)
    },
    onUp() {
      isReplicating = true
      replicating.resolve()
    },
    onDown(error) {
      if (isReplicating === false) return
      if (isReplicating) replicating = Promise.withResolvers()
      isReplicating = false
      console.error(
        'realtime: lost the database, trying again:',
        error instanceof Error ? error.message : error,
      )
    },
  })

  const connections = new Set<Connection>()
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
  })
  const checking = setInterval(() => {
    const now = Date.now()
    for (const connection of connections) connection.check(now)
  }, CHECK_EVERY_MS)
  const maintaining = setInterval(() => {
    sql`select realtime.maintain_partitions()`.catch((error: unknown) => console.error('realtime:', error))
  }, MAINTAIN_EVERY_MS)
  maintaining.unref()
  checking.unref()

  function handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const parameters = new URL(request.url ?? '/', 'http://localhost').searchParams
    const apiKey =
      parameters.get('apikey') ?? String(request.headers['x-api-key'] ?? request.headers.apikey ?? '')
    const version = (parameters.get('vsn') ?? '1.0.0').startsWith('2.') ? 2 : 1
    if (!isApiKey(apiKey)) {
      refuse(socket, apiKey === '' ? 'API key is missing' : 'Invalid API key')
      return
    }
    server.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new Connection(parts, webSocket, socket, version, apiKey)
      connections.add(connection)
      webSocket.on('close', () => connections.delete(connection))
    })
  }

  return {
    handleUpgrade,
    fetch: broadcastRoutes(parts),
    ready,
    async close() {
      clearInterval(checking)
      clearInterval(maintaining)
      for (const connection of connections) connection.close()
      await replication.close()
    },
  }
}

function refuse(socket: Duplex, error: string): void {
  const body = JSON.stringify({ error })
  socket.on('error', () => {})
  socket.end(
    `HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  )
}
