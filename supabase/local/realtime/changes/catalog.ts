import type { Sql } from 'postgres'

export type TableColumn = {
  name: string
  /** The type's plain name (`int8`), for clients. */
  typeName: string
  /** The type as SQL writes it (`bigint`, `public.mood`), quoted where needed. */
  sqlType: string
  isPrimaryKey: boolean
}
export type TableInfo = { oid: number; qualifiedName: string; hasRls: boolean; columns: TableColumn[] }
export type RoleRights = { bypassesRls: boolean; readable: Set<string> }

const CACHED_FOR_MS = 2000

/** What the catalog says of watched tables and of what roles may read of them; remembered for two seconds. */
export function createCatalog(sql: Sql) {
  const cache = new Map<string, { value: Promise<unknown>; until: number }>()

  function remember<T>(key: string, load: () => Promise<T>): Promise<T> {
    const cached = cache.get(key)
    if (cached && cached.until > performance.now()) return cached.value as Promise<T>
    if (cache.size > 1000) cache.clear()
    const value = load()
    value.catch(() => cache.delete(key))
    cache.set(key, { value, until: performance.now() + CACHED_FOR_MS })
    return value
  }

  async function loadTable(oid: number): Promise<TableInfo | null> {
    const [table] = await sql<{ name: string; rls: boolean }[]>`
      select oid::regclass::text as name, relrowsecurity as rls from pg_class where oid = ${oid}`
    if (!table) return null
    const columns = await sql<TableColumn[]>`
      select a.attname as name, t.typname as "typeName", format_type(a.atttypid, null) as "sqlType",
             coalesce(a.attnum = any(k.conkey), false) as "isPrimaryKey"
      from pg_attribute a
      join pg_type t on t.oid = a.atttypid
      left join pg_constraint k on k.conrelid = a.attrelid and k.contype = 'p'
      where a.attrelid = ${oid} and a.attnum > 0 and not a.attisdropped
      order by a.attnum`
    return { oid, qualifiedName: table.name, hasRls: table.rls, columns }
  }

  async function loadRights(oid: number, role: string): Promise<RoleRights> {
    const rows = await sql<{ name: string; bypasses: boolean }[]>`
      select a.attname as name, r.rolbypassrls or r.rolsuper as bypasses
      from pg_roles r
      join pg_attribute a on a.attrelid = ${oid} and a.attnum > 0 and not a.attisdropped
      where r.rolname = ${role} and has_column_privilege(r.oid, a.attrelid, a.attnum, 'select')`
    return { bypassesRls: rows[0]?.bypasses ?? false, readable: new Set(rows.map((row) => row.name)) }
  }

  return {
    table: (oid: number) => remember(`table ${oid}`, () => loadTable(oid)),
    rights: (oid: number, role: string) => remember(`rights ${oid} ${role}`, () => loadRights(oid, role)),
    /** For when the stream tells that a table's form changed. */
    forget: () => cache.clear(),
    /** The oids of the published tables that a subscription names; `*` stands for all. */
    async published(schema: string, table: string): Promise<number[]> {
      const rows = await sql<{ oid: number }[]>`
        select format('%I.%I', schemaname, tablename)::regclass::oid as oid from pg_publication_tables
        where pubname = 'supabase_realtime' and ${schema}::text in ('*', schemaname::text) and ${table}::text in ('*', tablename::text)`
      return rows.map((row) => row.oid)
    },
  }
}

export type Catalog = ReturnType<typeof createCatalog>
