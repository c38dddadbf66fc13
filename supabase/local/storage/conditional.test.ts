import { expect, test } from 'vitest'
import { isNotModified, rangeApplies } from './conditional.ts'

const stored = { etag: '"abc"', lastModified: new Date('2026-01-02T03:04:05.678Z') }

test.each([
  [{ 'if-none-match': '"abc"' }, true],
  [{ 'if-none-match': 'W/"abc"' }, true],
  [{ 'if-none-match': '"x", "abc"' }, true],
  [{ 'if-none-match': '*' }, true],
  [{ 'if-none-match': '"x"' }, false],
  [{ 'if-modified-since': 'Fri, 02 Jan 2026 03:04:05 GMT' }, true],
  [{ 'if-modified-since': 'Fri, 02 Jan 2026 03:04:04 GMT' }, false],
  // The tag is the stronger of the two.
  [{ 'if-none-match': '"x"', 'if-modified-since': 'Fri, 02 Jan 2026 03:04:05 GMT' }, false],
  [{}, false],
])('%o is not modified: %s', (headers, expected) => {
  expect(isNotModified(new Headers(Object.entries(headers)), stored)).toBe(expected)
})

test.each([
  [undefined, true],
  ['"abc"', true],
  ['"x"', false],
  ['Fri, 02 Jan 2026 03:04:05 GMT', true],
  ['Fri, 02 Jan 2026 03:04:04 GMT', false],
])('If-Range %s lets the range count: %s', (ifRange, expected) => {
  expect(rangeApplies(new Headers(ifRange ? { 'if-range': ifRange } : {}), stored)).toBe(expected)
})
