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
 * lite has turned objects and arrays that go to functions into JSON text already when they come here; a second
 * JSON.stringify would make one long string of them.
 */
function jsonText(value: unknown): string {
  return typeof value === 'string' && isObjectOrArray(value) ? value : JSON.stringify(value)
}

function isObjectOrArray(text: string): boolean {
  if (!/^[{[]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Corrections to lite's own list of column types. */
export const columnTypes: Record<string, ColumnType> = {
  timestamp: { to: 1114, from: [1114], serialize: asIs, parse: isoTimestamp },
  timestamptz: { to: 1184, from: [1184], serialize: asIs, parse: isoTimestamp },
  json: { to: 114, from: [114], serialize: jsonText, parse: JSON.parse },
  jsonb: { to: 3802, from: [3802], serialize: jsonText, parse: JSON.parse },
}
