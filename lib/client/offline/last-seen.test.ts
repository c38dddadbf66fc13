import { expect, test } from 'vitest'
import { z } from 'zod'
import { createLastSeen } from './last-seen.ts'

function storageOfMap(): Storage & { map: Map<string, string> } {
  const map = new Map<string, string>()
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  } as Storage & { map: Map<string, string> }
}

const songs = z.array(z.string())

test('what was seen last is there again, with its time', () => {
  const storage = storageOfMap()
  const seen = createLastSeen<string[]>('songs', { storage: () => storage, now: () => 7 })
  expect(seen.read(songs)).toBeNull()
  seen.keep(['Slow Tide'])
  expect(seen.read(songs)).toEqual({ atInMs: 7, value: ['Slow Tide'] })
})

test('what an older version kept in another shape is as good as nothing', () => {
  const storage = storageOfMap()
  storage.map.set('songs', '{"atInMs":1,"value":{"a":1}}')
  const deps = { storage: () => storage, now: () => 7 }
  expect(createLastSeen<string[]>('songs', deps).read(songs)).toBeNull()
  storage.map.set('songs', 'not JSON')
  expect(createLastSeen<string[]>('songs', deps).read(songs)).toBeNull()
})

test('a browser that keeps nothing does no harm', () => {
  const seen = createLastSeen<string[]>('songs', { storage: () => null, now: () => 7 })
  seen.keep(['Slow Tide'])
  expect(seen.read(songs)).toBeNull()
})
