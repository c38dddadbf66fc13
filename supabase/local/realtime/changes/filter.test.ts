import { postgresChangesFilter } from '@supabase/supabase-js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InvalidFilter, parseFilter } from './filter.ts'

const operators = [
  'eq',
  'neq',
  'lt',
  'lte',
  'gt',
  'gte',
  'like',
  'ilike',
  'match',
  'imatch',
  'isdistinct',
] as const
const condition = fc.record({
  column: fc.constantFrom('title', 'rating', 'created_at'),
  operator: fc.constantFrom(...operators),
  value: fc.string({ unit: 'grapheme' }),
  isNegated: fc.boolean(),
})

test('conditions that realtime-js writes are read as they were meant', () => {
  fc.assert(
    fc.property(fc.array(condition, { minLength: 1, maxLength: 5 }), (conditions) => {
      const builder = postgresChangesFilter()
      for (const { column, operator, value, isNegated } of conditions) {
        if (isNegated) builder.not(column, operator, value)
        else if (operator === 'isdistinct') builder.isDistinct(column, value)
        else builder[operator](column, value)
      }
      expect(parseFilter(builder.build())).toEqual(conditions)
    }),
  )
})

test.each([
  ['', []],
  ['id=in.(1,2)', [{ column: 'id', operator: 'in', value: '{1,2}', isNegated: false }]],
  [
    'id=not.in.("a,b",c),x=is.null',
    [
      { column: 'id', operator: 'in', value: '{"a,b",c}', isNegated: true },
      { column: 'x', operator: 'is', value: 'null', isNegated: false },
    ],
  ],
  ['v=eq.a=b', [{ column: 'v', operator: 'eq', value: 'a=b', isNegated: false }]],
  ['v=eq.5" disc', [{ column: 'v', operator: 'eq', value: '5" disc', isNegated: false }]],
])('%j', (text, expected) => {
  expect(parseFilter(text)).toEqual(expected)
})

test.each(['undefined', 'a', 'a=b', 'a=foo.b', 'a=in.b', 'a=is.maybe', 'a=eq.1,', '=eq.1'])(
  '%j is no filter',
  (text) => {
    expect(() => parseFilter(text)).toThrow(InvalidFilter)
  },
)
