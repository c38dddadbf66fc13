import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Hono } from 'hono'
import type { Sql } from 'postgres'
import type { VerifyToken } from './claims.ts'

/** What `createStorage` (storage/storage.ts) is given. */
export type StorageDeps = {
  /** A pool connected as the superuser `postgres`; take on a role inside a transaction. */
  sql: Sql
  /** Folder for the objects' bytes; exists and belongs to the storage alone. */
  dataDir: string
  verifyToken: VerifyToken
  /** Secret for signed addresses; stays the same over restarts. */
  signingKey: Uint8Array
}

/** What `createRealtime` (realtime/realtime.ts) is given. */
export type RealtimeDeps = {
  /** A pool connected as the superuser `postgres`. */
  sql: Sql
  /** For connections of its own, such as a replication stream. */
  dbUrl: string
  verifyToken: VerifyToken
  /** Whether a string is one of the project's API keys (publishable, secret, or their legacy forms). */
  isApiKey: (key: string) => boolean
}

/**
 * What `createStorage` returns: routes below `/storage/v1`, without that prefix
 * (the gateway mounts it with `app.mount`-like prefix removal, so `/object/...` is the first segment).
 */
export type Storage = Hono

/** What `createRealtime` returns. The gateway routes `/realtime/v1` here, prefix removed for `fetch`. */
export type Realtime = {
  /** Takes over an HTTP upgrade of `/realtime/v1/websocket`; refuses a bad key with 401 itself. */
  handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Broadcast over HTTP: `/api/broadcast`, .... */
  fetch: Hono
  /** Resolves when the replication stream runs: from then on no committed change is missed. */
  ready: Promise<void>
  close: () => Promise<void>
}
