import { expect, test } from 'vitest'
import { contentDisposition } from './disposition.ts'
import { checkBucketName, checkKey } from './object-key.ts'
import { parseSizeInBytes } from './size.ts'

test.each(['a', 'a/b/c.m4s', 'with space/(1).mp3', 'a.b..c', '...'])('%j is a key', (key) => {
  expect(checkKey(key)).toBe(key)
})

test.each([
  '',
  '/a',
  'a/',
  'a//b',
  '..',
  '../a',
  'a/../b',
  'a/./b',
  'a\\b',
  'a\0b',
  'a\nb',
  'ü',
  'a'.repeat(1025),
])('%j is no key', (key) => {
  expect(() => checkKey(key)).toThrow('Invalid key')
})

test.each(['', '..', 'a/b', ' a', 'a'.repeat(101)])('%j is no name of a bucket', (name) => {
  expect(() => checkBucketName(name)).toThrow('Invalid key')
})

test.each([
  ['20mb', 20_000_000],
  ['1.5 KB', 1500],
  ['1KiB', 1024],
  [42, 42],
  ['0', 0],
])('%s are %i bytes', (size, bytes) => {
  expect(parseSizeInBytes(size)).toBe(bytes)
})

test.each(['', 'mb', '-1', '1 light-year'])('%j is no size', (size) => {
  expect(() => parseSizeInBytes(size)).toThrow('Invalid file size limit')
})

test.each([
  [undefined, null],
  ['', `attachment; filename="b.mp3"; filename*=UTF-8''b.mp3`],
  ['señal "1".mp3', `attachment; filename="se_al _1_.mp3"; filename*=UTF-8''se%C3%B1al%20%221%22.mp3`],
])('download=%j', (download, expected) => {
  expect(contentDisposition(download, 'a/b.mp3')).toBe(expected)
})
