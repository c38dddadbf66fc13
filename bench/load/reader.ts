import { connect } from 'node:net'
import { dialects } from './dialects/by-name.ts'
import type { ReaderSpec } from './dialects/dialect.ts'
import type { KnownBytes } from './known-bytes.ts'
import { type Sighting, sight } from './sighting.ts'
import type { Tally } from './tally.ts'

export type Reader = { keepAlive: () => void; close: () => void }

export type ReaderDeps = {
  tally: Tally
  known: KnownBytes
  /** Parses every message whole, against the protocol. */
  isSampled: boolean
  onOpen: () => void
  onError: (why: string) => void
}

/** All sockets read into the same memory: what is read is dealt with before the next one reads. */
const shared = Buffer.alloc(64 * 1024)

/** One listener: a bare TCP socket that counts what it is told. */
export function openReader(spec: ReaderSpec, index: number, deps: ReaderDeps): Reader {
  const { tally, known, isSampled, onOpen, onError } = deps
  let cursor: number | null = null
  let hasSpoken = false
  let sightings: Sighting[] = []
  let isClosing = false

  const conversation = dialects[spec.dialect](spec, {
    send: (bytes) => {
      hasSpoken = true
      socket.write(bytes)
    },
    onOpen,
    onError,
    onEnvelope: (envelope) => {
      try {
        const sighting = sight(envelope, isSampled)
        if (isSampled) tally.counts.parsed++
        sightings.push(sighting)
        cursor = tally.take(cursor, sighting)
      } catch {
        tally.counts.invalid++
      }
    },
  })

  const read = (length: number): void => {
    tally.counts.reads++
    tally.counts.bytes += length
    const startsWhole = !isSampled && conversation.isAtBoundary()
    const meaning = startsWhole ? known.find(shared, length) : null
    if (meaning) {
      for (const sighting of meaning) cursor = tally.take(cursor, sighting)
      return
    }
    hasSpoken = false
    sightings = []
    try {
      conversation.push(shared.subarray(0, length))
    } catch (error) {
      onError(String(error))
      return
    }
    if (startsWhole && conversation.isAtBoundary() && !hasSpoken) known.add(shared, length, sightings)
  }

  const socket = connect({
    host: '127.0.0.1',
    port: spec.port,
    // One source address has about 28,000 ports.
    localAddress: `127.0.0.${2 + (index % 8)}`,
    noDelay: true,
    onread: {
      buffer: shared,
      callback: (length) => {
        read(length)
        return true
      },
    },
  })
  socket.once('connect', () => conversation.begin(spec.tokens?.[index]))
  socket.on('error', (error) => !isClosing && onError(error.message))
  socket.once('close', () => {
    if (!isClosing) tally.counts.closed++
  })
  return {
    keepAlive: () => conversation.keepAlive?.(),
    close: () => {
      isClosing = true
      socket.destroy()
    },
  }
}
