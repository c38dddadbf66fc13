/** A column of a relation, as the stream describes it. */
export type RelationColumn = { name: string; isKey: boolean; typeOid: number }
export type Relation = { oid: number; schema: string; table: string; columns: RelationColumn[] }

/** Values in their text form; null is NULL, and a value that was not sent (unchanged TOAST) is missing. */
export type Tuple = Map<string, string | null>

export type ReplicationMessage =
  | { kind: 'begin'; xid: number; committedAt: Date }
  | { kind: 'commit'; lsn: bigint }
  | { kind: 'relation'; relation: Relation }
  | { kind: 'insert'; relationOid: number; after: Tuple }
  | { kind: 'update'; relationOid: number; before: Tuple | null; after: Tuple }
  | { kind: 'delete'; relationOid: number; before: Tuple }
  | { kind: 'other' }

/** PostgreSQL counts microseconds from 2000-01-01 on. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1)

/**
 * Reads the messages of pgoutput, protocol version 1
 * (PostgreSQL documentation, "Logical Replication Message Formats").
 */
export function createPgoutputDecoder() {
  const relations = new Map<number, Relation>()

  function decode(bytes: Buffer): ReplicationMessage {
    const reader = createReader(bytes)
    switch (reader.char()) {
      case 'B': {
        reader.int64()
        const micros = reader.int64()
        return {
          kind: 'begin',
          committedAt: new Date(POSTGRES_EPOCH_MS + Number(micros / 1000n)),
          xid: reader.int32(),
        }
      }
      case 'C':
        reader.int8()
        reader.int64()
        return { kind: 'commit', lsn: reader.int64() }
      case 'R': {
        const relation = readRelation(reader)
        relations.set(relation.oid, relation)
        return { kind: 'relation', relation }
      }
      case 'I': {
        const relation = find(reader.int32())
        reader.char()
        return { kind: 'insert', relationOid: relation.oid, after: readTuple(reader, relation) }
      }
      case 'U': {
        const relation = find(reader.int32())
        const marker = reader.char()
        const before = marker === 'N' ? null : readTuple(reader, relation, marker === 'K')
        if (before) reader.char()
        return { kind: 'update', relationOid: relation.oid, before, after: readTuple(reader, relation) }
      }
      case 'D': {
        const relation = find(reader.int32())
        const isKeyOnly = reader.char() === 'K'
        return { kind: 'delete', relationOid: relation.oid, before: readTuple(reader, relation, isKeyOnly) }
      }
      default:
        return { kind: 'other' }
    }
  }

  function find(oid: number): Relation {
    const relation = relations.get(oid)
    if (!relation) throw new Error(`The stream named an unknown relation ${oid}`)
    return relation
  }

  return { decode, relation: (oid: number) => relations.get(oid) }
}

function readRelation(reader: Reader): Relation {
  const oid = reader.int32()
  const schema = reader.string() || 'pg_catalog'
  const table = reader.string()
  reader.int8()
  const columns = Array.from({ length: reader.int16() }, () => {
    const isKey = reader.int8() === 1
    const column = { isKey, name: reader.string(), typeOid: reader.int32() }
    reader.int32()
    return column
  })
  return { oid, schema, table, columns }
}

/** With `isKeyOnly` the other columns are sent as NULL and say nothing. */
function readTuple(reader: Reader, relation: Relation, isKeyOnly = false): Tuple {
  const tuple: Tuple = new Map()
  const count = reader.int16()
  for (const column of relation.columns.slice(0, count)) {
    const kind = reader.char()
    if (kind === 'u') continue
    const value = kind === 'n' ? null : reader.text()
    if (!isKeyOnly || column.isKey) tuple.set(column.name, value)
  }
  return tuple
}

function createReader(bytes: Buffer) {
  let at = 0
  const advance = (count: number) => {
    at += count
    return at - count
  }
  return {
    char: () => String.fromCharCode(bytes.readUInt8(advance(1))),
    int8: () => bytes.readUInt8(advance(1)),
    int16: () => bytes.readUInt16BE(advance(2)),
    int32: () => bytes.readUInt32BE(advance(4)),
    int64: () => bytes.readBigInt64BE(advance(8)),
    string() {
      const end = bytes.indexOf(0, at)
      const value = bytes.toString('utf8', at, end)
      at = end + 1
      return value
    },
    text() {
      const length = bytes.readUInt32BE(advance(4))
      return bytes.toString('utf8', at, advance(length) + length)
    },
  }
}
type Reader = ReturnType<typeof createReader>
