import { expect, test, vi } from 'vitest'
import { forgetOthers } from '../personal-keys.ts'
import { seenLibraryOf, seenLobby } from './seen.ts'
import { seenLibrarySchema } from './seen-schemas.ts'

class MapStorage {
  readonly map = new Map<string, string>()
  get length(): number {
    return this.map.size
  }
  key = (index: number) => [...this.map.keys()][index] ?? null
  getItem = (key: string) => this.map.get(key) ?? null
  setItem = (key: string, value: string) => void this.map.set(key, value)
  removeItem = (key: string) => void this.map.delete(key)
}

const song = { id: '1', title: 'Slow Tide', artist: null, durationInMs: 1 }

test('a library is its person’s alone, and stays no longer than they do', () => {
  const storage = new MapStorage()
  vi.stubGlobal('window', { localStorage: storage })
  // An earlier version did not say whose it was.
  storage.setItem('whatssound:seen-library', '{"atInMs":1,"value":[]}')
  seenLobby.keep([])
  seenLibraryOf('ana').keep([song])
  expect(seenLibraryOf('ben').read(seenLibrarySchema)).toBeNull()

  forgetOthers('ana', storage as unknown as Storage)
  expect(seenLibraryOf('ana').read(seenLibrarySchema)?.value).toEqual([song])
  expect(storage.length).toBe(2)

  forgetOthers(null, storage as unknown as Storage)
  expect([...storage.map.keys()]).toEqual(['whatssound:seen-lobby'])
  vi.unstubAllGlobals()
})
