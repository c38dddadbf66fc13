import type { Sql } from 'postgres'
import type { Claims } from '../../claims.ts'
import { encodeText } from '../protocol/message.ts'
import type { Relation, Tuple } from '../replication/pgoutput.ts'
import type { Catalog, RoleRights, TableInfo } from './catalog.ts'
import { evaluate, type JsonRow } from './evaluate.ts'
import type { Watch, Watches } from './registry.ts'
import type { ChangeType } from './subscription.ts'
import { canSee, waitUntilVisible } from './visibility.ts'

export type Change = {
  type: ChangeType
  relation: Relation
  xid: number
  committedAt: Date
  before: Tuple | null
  after: Tuple | null
}
type Parts = { sql: Sql; catalog: Catalog; watches: Watches }
type Rows = { before: JsonRow; after: JsonRow }

/** Gives one change to everybody who watches its table, wants such changes, and may see the row. */
export async function deliverChange({ sql, catalog, watches }: Parts, change: Change): Promise<void> {
  const { schema, table: name, oid } = change.relation
  const watched = watches.of(schema, name, change.type)
  const table = watched.length > 0 ? await catalog.table(oid) : null
  if (!table) return

  const filterSets = new Map(watched.map(({ request }) => [JSON.stringify(request.filters), request.filters]))
  const { holds, ...rows } = await evaluate(sql, table, withUnchanged(change), [...filterSets.values()])
  const isWanted = new Map([...filterSets.keys()].map((key, at) => [key, holds[at] === true]))
  const wanted = watched.filter(({ request }) => isWanted.get(JSON.stringify(request.filters)))

  const access = createAccess(sql, catalog, table, change)
  const send = createSender()
  for (const watch of wanted) {
    const { claims } = watch.watcher
    if (!(await access.allows(claims))) continue
    const rights = await catalog.rights(oid, claims.role)
    send(watch, describeChange(change, table, rights, rows, watch.request.select))
  }
  send.flush()
}

/** Row level security, asked once for each distinct person. */
function createAccess(sql: Sql, catalog: Catalog, table: TableInfo, { type, xid, after }: Change) {
  const answers = new Map<string, Promise<boolean>>()
  let visible: Promise<void> | undefined

  async function ask(claims: Claims): Promise<boolean> {
    const rights = await catalog.rights(table.oid, claims.role)
    if (rights.readable.size === 0) return false
    // A deleted row cannot be asked for any more: hosted Realtime tells its primary key to everybody.
    if (rights.bypassesRls || !table.hasRls || type === 'DELETE' || !after) return true
    const keys = table.columns.filter((column) => column.isPrimaryKey)
    if (keys.length === 0 || keys.some((column) => !rights.readable.has(column.name))) return false
    visible ??= waitUntilVisible(sql, xid)
    await visible
    return canSee(sql, claims, table, after)
  }

  return {
    allows(claims: Claims): Promise<boolean> {
      const key = JSON.stringify(claims)
      const answer = answers.get(key) ?? ask(claims)
      answers.set(key, answer)
      return answer
    },
  }
}

/** The `data` of an event, as JSON text: only what the role may read and the client selected. */
function describeChange(
  { type, relation, committedAt }: Change,
  table: TableInfo,
  rights: RoleRights,
  { before, after }: Rows,
  select: string[] | null,
): string {
  const columns = table.columns.filter(
    ({ name, isPrimaryKey }) =>
      rights.readable.has(name) && (!select || isPrimaryKey || select.includes(name)),
  )
  const rowText = (row: JsonRow, onlyKeys = false) => {
    const fields = columns.flatMap(({ name, isPrimaryKey }) => {
      const value = row.get(name)
      return value === undefined || (onlyKeys && !isPrimaryKey) ? [] : [`${JSON.stringify(name)}:${value}`]
    })
    return `{${fields.join(',')}}`
  }
  const fields = [
    `"schema":${JSON.stringify(relation.schema)}`,
    `"table":${JSON.stringify(relation.table)}`,
    `"commit_timestamp":"${committedAt.toISOString()}"`,
    `"type":"${type}"`,
    `"columns":${JSON.stringify(columns.map(({ name, typeName }) => ({ name, type: typeName })))}`,
    ...(type === 'DELETE' ? [] : [`"record":${rowText(after)}`]),
    // Nobody can be asked whether they could see a deleted row, so under RLS only its key is told.
    ...(type === 'INSERT' ? [] : [`"old_record":${rowText(before, type === 'DELETE' && table.hasRls)}`]),
    '"errors":null',
  ]
  return `{${fields.join(',')}}`
}

/** Gathers a change's subscriptions by channel, and shares equal frames between channels. */
function createSender() {
  const gathered = new Map<Watch['watcher'], Map<string, number[]>>()
  const send = ({ id, watcher }: Watch, data: string) => {
    const events = gathered.get(watcher) ?? new Map<string, number[]>()
    events.set(data, [...(events.get(data) ?? []), id])
    gathered.set(watcher, events)
  }
  send.flush = () => {
    const frames = new Map<string, Buffer>()
    for (const [{ version, topicName, send: sendFrame }, events] of gathered) {
      for (const [data, ids] of events) {
        const payload = `{"ids":[${ids}],"data":${data}}`
        const key = `${version} ${topicName} ${payload}`
        const head = { joinRef: null, ref: null, topic: topicName, event: 'postgres_changes' }
        const frame = frames.get(key) ?? encodeText(version, head, payload)
        frames.set(key, frame)
        sendFrame(frame)
      }
    }
  }
  return send
}

/** Values that did not change may be missing from an update; the row before may have them. */
function withUnchanged({ before, after }: Change) {
  return { before, after: before && after ? new Map([...before, ...after]) : after }
}
