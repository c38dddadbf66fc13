import { expect, it } from 'vitest'
import { newId } from '../new-id.ts'
import { nameDevice, readOwnDevice } from './own-device.ts'

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox', 'Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
    'Safari',
    'iPhone',
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
    'Chrome',
    'Android',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
    'Safari',
    'macOS',
  ],
  ['', '', ''],
  ['x'.repeat(500), '', ''],
])('names a device as people do: %s', (userAgent, browser, system) => {
  expect(nameDevice(userAgent)).toEqual({ browser, system })
})

it('is the same for all tabs of a browser, and survives what it cannot keep or read', () => {
  const kept = new Map<string, string>()
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const { id } = readOwnDevice(store, '', newId)
  expect(readOwnDevice(store, '', newId).id).toBe(id)
  kept.set('whatssound:device', 'not an id')
  expect(readOwnDevice(store, '', newId).id).not.toBe(id)
  expect(readOwnDevice(null, '', newId).id).not.toBe(id)
})
