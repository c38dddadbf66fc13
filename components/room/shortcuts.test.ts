import { expect, test } from 'vitest'
import { shortcutFor } from './shortcuts.ts'

const plain = { ctrlKey: false, metaKey: false, altKey: false, defaultPrevented: false, repeat: false }
const free = { isTaken: false, isOnButton: false }

test('a single key works where nobody types', () => {
  expect(shortcutFor({ ...plain, key: 'M' }, free)).toBe('listen')
  expect(shortcutFor({ ...plain, key: '?' }, free)).toBe('help')
  expect(shortcutFor({ ...plain, key: 'x' }, free)).toBeNull()
})

test('nothing is taken from a field, a dialog, the browser, or a key held down', () => {
  expect(shortcutFor({ ...plain, key: 'm' }, { ...free, isTaken: true })).toBeNull()
  expect(shortcutFor({ ...plain, key: 'a', ctrlKey: true }, free)).toBeNull()
  expect(shortcutFor({ ...plain, key: '1', repeat: true }, free)).toBeNull()
})

test('space presses the focused button and nothing else', () => {
  expect(shortcutFor({ ...plain, key: ' ' }, { ...free, isOnButton: true })).toBeNull()
  expect(shortcutFor({ ...plain, key: ' ' }, free)).toBe('play')
})
