import { describe, expect, it } from 'vitest'
import { toCodedError } from './call-function.ts'

const error = (code: string, message: string, details: string | null = null) =>
  ({ name: 'PostgrestError', code, message, details: details ?? '', hint: '' }) as Parameters<
    typeof toCodedError
  >[0]

describe('toCodedError', () => {
  it('is the refusal that SQL raised, with its detail', () => {
    const refusal = toCodedError(error('P0001', 'rate_limited', '{"retryAfterInMs": 1500}'))
    expect(refusal).toMatchObject({ code: 'rate_limited', retryAfterInMs: 1500 })
    expect(toCodedError(error('P0001', 'invalid_input', '{"field": "text"}')).field).toBe('text')
  })
  it('does without a detail that is none', () => {
    expect(toCodedError(error('P0001', 'muted', '{"retryAfterInMs": null}'))).toMatchObject({ code: 'muted' })
    expect(toCodedError(error('P0001', 'muted', 'not JSON'))).toMatchObject({ code: 'muted' })
  })
  it.each([
    ['P0001', 'something raised elsewhere', 'internal'],
    ['XX000', 'rate_limited', 'internal'],
    ['42501', 'permission denied for table messages', 'not_allowed'],
    ['22P02', 'invalid input syntax for type uuid', 'invalid_input'],
    ['PGRST301', 'JWT expired', 'not_signed_in'],
    ['57014', 'canceling statement due to statement timeout', 'unavailable'],
    ['', 'TypeError: fetch failed', 'unavailable'],
    ['57P03', 'the database system is starting up', 'unavailable'],
    ['57P01', 'terminating connection due to administrator command', 'unavailable'],
    ['08006', 'connection failure', 'unavailable'],
    ['53200', 'out of memory', 'unavailable'],
  ])('takes %s "%s" for %s', (code, message, expected) => {
    expect(toCodedError(error(code, message)).code).toBe(expected)
  })
})
