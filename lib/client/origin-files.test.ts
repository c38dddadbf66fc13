import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { originFiles } from './origin-files.ts'

let content: number[]
/** How many bytes the disk still takes. */
let room: number

beforeEach(() => {
  content = []
  room = Number.POSITIVE_INFINITY
  const handle = {
    getSize: () => content.length,
    write(bytes: Uint8Array, { at }: { at: number }) {
      const taken = [...bytes].slice(0, room)
      content.splice(at, taken.length, ...taken)
      return taken.length
    },
    truncate: (size: number) => content.splice(size),
    flush: () => {},
    close: () => {},
  }
  const file = { createSyncAccessHandle: async () => handle }
  const folder = { getDirectoryHandle: async () => folder, getFileHandle: async () => file }
  vi.stubGlobal('navigator', { storage: { getDirectory: async () => folder } })
})
afterEach(() => vi.unstubAllGlobals())

it('appends to a file', async () => {
  const files = originFiles('recordings')
  await files.append('one', 'sound', new Uint8Array([1, 2]))
  await files.append('one', 'sound', new Uint8Array([3]))
  expect(content).toEqual([1, 2, 3])
})

it('leaves a file as it was where there is no room for all of it', async () => {
  const files = originFiles('recordings')
  await files.append('one', 'sound', new Uint8Array([1, 2]))
  room = 1
  await expect(files.append('one', 'sound', new Uint8Array([3, 4]))).rejects.toThrow(
    expect.objectContaining({ name: 'QuotaExceededError' }),
  )
  expect(content).toEqual([1, 2])
})
