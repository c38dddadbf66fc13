import { expect, test } from 'vitest'
import { focusOf, shortcutFor } from './shortcuts.ts'

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

/** The focus on an input, as far as `focusOf` looks at it. */
const onInput = (type: string) =>
  focusOf({ closest: (what: string) => (what === 'input' ? { type } : null) } as Element)

test('a slider that was just moved takes no keys, a tick takes Space alone, and text takes all', () => {
  expect(onInput('range')).toEqual({ isTaken: false, isOnButton: false })
  for (const type of ['radio', 'checkbox']) {
    expect([type, onInput(type)]).toEqual([type, { isTaken: false, isOnButton: true }])
  }
  for (const type of ['text', 'search', 'number', 'email', 'date']) {
    expect([type, onInput(type).isTaken]).toEqual([type, true])
  }
  expect(focusOf(null)).toEqual(free)
})
