import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { originFiles } from './origin-files.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

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

type Files = ReturnType<typeof originFiles>
it.each([
  ['writes', (files: Files) => files.append('one', 'sound', new Uint8Array([1]))],
  ['reads', (files: Files) => files.read('one', 'sound')],
  ['removes', (files: Files) => files.remove('one')],
])('holds on to whom it asks until they answered, when it %s', async (_, ask) => {
  const collected: string[] = []
  vi.stubGlobal('navigator', { storage: { getDirectory: async () => forgetfulHandle('root', collected) } })
  await ask(originFiles('recordings'))
  expect(collected).toEqual([])
})

/** A handle of a browser that collects garbage before each answer; notes its name where it went along. */
function forgetfulHandle(name: string, collected: string[]): object {
  const answering = <T>(result: () => T) =>
    function answer(this: object): Promise<T> {
      return answerLater(new WeakRef(this), result)
    }
  async function answerLater<T>(asked: WeakRef<object>, result: () => T): Promise<T> {
    // What a weak reference was made of lives on until the task ends.
    await new Promise(setImmediate)
    collectGarbage()
    if (!asked.deref()) collected.push(name)
    return result()
  }
  return {
    getDirectoryHandle: answering(() => forgetfulHandle('folder', collected)),
    getFileHandle: answering(() => forgetfulHandle('file', collected)),
    getFile: answering(() => new Blob()),
    removeEntry: answering(() => undefined),
    createSyncAccessHandle: answering(() => ({ getSize: () => 0, write: () => 1, flush() {}, close() {} })),
  }
}
