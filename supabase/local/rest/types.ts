/** A type of PostgreSQL for postgres.js: its oid, and how values go in and come out. */
type ColumnType = {
  to: number
  from: number[]
  serialize: (value: unknown) => string
  parse: (text: string) => unknown
}

const asIs = (value: unknown) => String(value)

/** Timestamps leave as PostgREST sends them: `2026-01-31T08:00:00.5+00:00`, not `2026-01-31 08:00:00.5+00`. */
function isoTimestamp(text: string): string {
  return text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')
}

/**
 * lite has turned objects and arrays into JSON text already when they come here; a second JSON.stringify would
 * store them as one long string.
 */
function jsonText(value: unknown): string {
  return typeof value === 'string' && /^[{[]/.test(value) ? value : JSON.stringify(value)
}

/** Corrections to lite's own list of column types. */
export const columnTypes: Record<string, ColumnType> = {
  timestamp: { to: 1114, from: [1114], serialize: asIs, parse: isoTimestamp },
  timestamptz: { to: 1184, from: [1184], serialize: asIs, parse: isoTimestamp },
  json: { to: 114, from: [114], serialize: jsonText, parse: JSON.parse },
  jsonb: { to: 3802, from: [3802], serialize: jsonText, parse: JSON.parse },
}
