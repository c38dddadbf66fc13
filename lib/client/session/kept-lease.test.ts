import { expect, it } from 'vitest'
import { keepLease } from './kept-lease.ts'

function aTab() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

it('is known again after a reload, of this session, while it was held', () => {
  const tab = aTab()
  expect(keepLease(tab, 's1', true).wasHeld).toBe(false)
  keepLease(tab, 's1', false).note(true)
  expect(keepLease(tab, 's1', true).wasHeld).toBe(true)
  expect(keepLease(tab, 's2', true).wasHeld).toBe(false)
  // A tab that was duplicated has the store, and not the broadcast.
  expect(keepLease(tab, 's1', false).wasHeld).toBe(false)
  keepLease(tab, 's1', true).note(false)
  expect(keepLease(tab, 's1', true).wasHeld).toBe(false)
  expect(keepLease(null, 's1', true).wasHeld).toBe(false)
})
