import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import postgres from 'postgres'
import { nextRetryDelayInMs } from './backoff.ts'
import { createPgoutputDecoder, type Relation, type ReplicationMessage } from './pgoutput.ts'

const STATUS_EVERY_MS = 10_000
const XLOG_DATA = 0x77
const KEEPALIVE = 0x6b

export type ReplicationHandlers = {
  /** Called for each message in the order of commits. */
  onMessage: (message: ReplicationMessage, relation: (oid: number) => Relation | undefined) => void
  /** The stream runs (again): what is committed from now on will come. */
  onUp: () => void
  onDown: (error: unknown) => void
}

/**
 * Follows the database through a temporary logical replication slot, which vanishes with its connection.
 * When the connection is lost it tries again, for ever, until `close`.
 */
export function openReplication(dbUrl: string, publications: string[], handlers: ReplicationHandlers) {
  let isClosed = false
  let current: { end: () => Promise<void> } | undefined
  let wakeUp = () => {}

  async function run(): Promise<void> {
    for (let attempt = 0; !isClosed; attempt++) {
      try {
        const connection = await connect(dbUrl, publications, handlers)
        current = connection
        attempt = 0
        if (!isClosed) handlers.onUp()
        if (isClosed) await connection.end()
        await connection.ended
      } catch (error) {
        if (!isClosed) handlers.onDown(error)
      }
      if (isClosed) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, nextRetryDelayInMs(attempt))
        wakeUp = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const running = run()

  return {
    async close() {
      isClosed = true
      wakeUp()
      await current?.end()
      await running
    },
  }
}

async function connect(dbUrl: string, publications: string[], handlers: ReplicationHandlers) {
  const ended = Promise.withResolvers<void>()
  const sql = postgres(dbUrl, {
    max: 1,
    fetch_types: false,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    onclose: () => ended.reject(new Error('The replication connection was closed')),
    connection: { replication: 'database', application_name: 'realtime' },
  })
  // Awaited by the caller only once the stream runs.
  ended.promise.catch(() => {})
  try {
    const slot = `realtime_${randomBytes(8).toString('hex')}`
    await sql.unsafe(`CREATE_REPLICATION_SLOT ${slot} TEMPORARY LOGICAL pgoutput NOEXPORT_SNAPSHOT`)
    // postgres.js types it as a Writable, but copy-both is a Duplex.
    const stream = (await sql
      .unsafe(
        `START_REPLICATION SLOT ${slot} LOGICAL 0/0 (proto_version '1', publication_names '${publications.join(',')}')`,
      )
      .writable()) as Duplex
    const stop = follow(stream, handlers.onMessage)
    stream.on('error', ended.reject)
    const end = async () => {
      ended.resolve()
      stop()
      stream.destroy()
      await sql.end({ timeout: 0 })
    }
    return { ended: ended.promise.finally(end), end }
  } catch (error) {
    await sql.end({ timeout: 0 })
    throw error
  }
}

/** Reads the stream and tells the server how far it got, so that it can throw old WAL away. */
function follow(stream: Duplex, onMessage: ReplicationHandlers['onMessage']): () => void {
  const decoder = createPgoutputDecoder()
  let reached = 0n
  const sendStatus = () => stream.writable && stream.write(standbyStatus(reached))
  const timer = setInterval(sendStatus, STATUS_EVERY_MS)
  timer.unref()
  stream.on('data', (bytes: Buffer) => {
    if (bytes[0] === XLOG_DATA) {
      try {
        const message = decoder.decode(bytes.subarray(25))
        if (message.kind === 'commit') reached = message.lsn
        onMessage(message, decoder.relation)
      } catch (error) {
        stream.destroy(error instanceof Error ? error : new Error(String(error)))
      }
    } else if (bytes[0] === KEEPALIVE) {
      const serverEnd = bytes.readBigInt64BE(1)
      if (serverEnd > reached) reached = serverEnd
      if (bytes[17] === 1) sendStatus()
    }
  })
  return () => clearInterval(timer)
}

/** "Standby status update" of the streaming replication protocol. */
function standbyStatus(reached: bigint): Buffer {
  const status = Buffer.alloc(34)
  status.write('r')
  for (const offset of [1, 9, 17]) status.writeBigInt64BE(reached, offset)
  status.writeBigInt64BE(BigInt(Date.now() - Date.UTC(2000, 0, 1)) * 1000n, 25)
  return status
}
