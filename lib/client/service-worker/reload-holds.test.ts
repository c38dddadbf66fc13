import { expect, test } from 'vitest'
import { holdReload, reloadHolds } from './reload-holds.ts'

test('a reload is held until everybody who holds it has let go, each once', () => {
  const releases = [holdReload(), holdReload()]
  expect(reloadHolds.getSnapshot()).toBe(2)
  releases[0]?.()
  releases[0]?.()
  expect(reloadHolds.getSnapshot()).toBe(1)
  releases[1]?.()
  expect(reloadHolds.getSnapshot()).toBe(0)
})
