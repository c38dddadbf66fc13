/** One condition on a changed row: `column=op.value`, `column=not.op.value`. */
export type Filter = { column: string; operator: Operator; value: string; isNegated: boolean }

const OPERATORS = {
  eq: '=',
  neq: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  in: '= any',
  like: 'like',
  ilike: 'ilike',
  match: '~',
  imatch: '~*',
  is: 'is',
  isdistinct: 'is distinct from',
} as const
export type Operator = keyof typeof OPERATORS

const isOperator = (text: string): text is Operator => Object.hasOwn(OPERATORS, text)

export class InvalidFilter extends Error {}

/**
 * Reads the filter of a subscription, conditions joined by commas (all must hold), in the form that
 * realtime-js' `postgresChangesFilter()` writes: values may be quoted, `in` takes `(a,b)`.
 */
export function parseFilter(text: string): Filter[] {
  return text.trim() === '' ? [] : splitTopLevel(text.trim()).map(parseCondition)
}

function parseCondition(text: string): Filter {
  const [, column = '', not, operator = '', value = ''] =
    /^([^=]+)=(not\.)?([a-z]+)\.(.*)$/s.exec(text.trim()) ?? []
  if (!isOperator(operator))
    throw new InvalidFilter(`Error parsing \`filter\` params: ${JSON.stringify(text)}`)
  return { column, operator, isNegated: not !== undefined, value: parseValue(operator, value) }
}

function parseValue(operator: Operator, value: string): string {
  if (operator === 'in') {
    if (!value.startsWith('(') || !value.endsWith(')')) {
      throw new InvalidFilter('`in` filter value must be wrapped by parentheses')
    }
    // The text form of an array in PostgreSQL quotes just as the filter does.
    return `{${value.slice(1, -1)}}`
  }
  if (operator === 'is' && !['null', 'true', 'false', 'unknown'].includes(value)) {
    throw new InvalidFilter('invalid value for is filter: must be null, true, false, or unknown')
  }
  const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(value)?.[1]
  return quoted === undefined ? value : quoted.replace(/\\(.)/gs, '$1')
}

/** Splits at commas that are neither in quotes nor in parentheses. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = []
  let current = ''
  let depth = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (isQuoted && character === '\\') {
      current += character + text.charAt(++at)
      continue
    }
    // A quote counts only where a value begins; elsewhere it is a character like any other.
    if (character === '"' && (isQuoted || /[.(,]$/.test(current))) isQuoted = !isQuoted
    else if (!isQuoted && character === '(') depth++
    else if (!isQuoted && character === ')') depth = Math.max(0, depth - 1)
    if (character === ',' && depth === 0 && !isQuoted) {
      parts.push(current)
      current = ''
    } else current += character
  }
  return [...parts, current]
}

/**
 * A condition as SQL over a value in text form. `value` and `operand` are parameters such as `$1`; the type
 * comes from the catalog. Null (no decision) counts as false, negated or not, as in hosted Realtime.
 */
export function toSql(
  { operator, value, isNegated }: Filter,
  type: string,
  left: string,
  operand: string,
): string {
  const typed = `(${left}::text)::${type}`
  if (operator === 'is') return `${typed} is ${isNegated ? 'not ' : ''}${value}`
  const symbol = OPERATORS[operator]
  const right = `(${operand}::text)::${type}${operator === 'in' ? '[]' : ''}`
  const condition = operator === 'in' ? `${typed} ${symbol} (${right})` : `${typed} ${symbol} ${right}`
  return `coalesce(${isNegated ? `not (${condition})` : condition}, false)`
}
