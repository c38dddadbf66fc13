import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fileLock, forgetFilesOf, forgetFilesOfOthers, personalFiles } from './personal-files.ts'

/** A folder of the browser's file store; a file is a name alone. */
type Folder = Map<string, Folder | 'file'>

let store: Folder
let held: Set<string>

const missing = () => Promise.reject(new DOMException('nothing there', 'NotFoundError'))

function handleOf(folder: Folder): unknown {
  return {
    getDirectoryHandle: async (name: string) => {
      const inner = folder.get(name)
      return inner && inner !== 'file' ? handleOf(inner) : missing()
    },
    getFileHandle: async (name: string) =>
      folder.get(name) === 'file' ? { getFile: async () => new File([], name) } : missing(),
    removeEntry: async (name: string) => (folder.delete(name) ? undefined : missing()),
    async *keys() {
      yield* [...folder.keys()]
    },
  }
}

beforeEach(() => {
  const upload = () => new Map([['source', 'file' as const]])
  store = new Map([
    [
      'uploads',
      new Map([
        ['ana', new Map([['one', upload()]])],
        [
          'ben',
          new Map([
            ['two', upload()],
            ['three', upload()],
          ]),
        ],
      ]),
    ],
    ['recordings', new Map([['ben', new Map([['four', upload()]])]])],
  ])
  held = new Set()
  vi.stubGlobal('navigator', {
    storage: { getDirectory: async () => handleOf(store) },
    locks: {
      request: async (name: string, _: unknown, work: (lock: object | null) => Promise<unknown>) =>
        work(held.has(name) ? null : {}),
    },
  })
})
afterEach(() => vi.unstubAllGlobals())

it('shows nobody what somebody else left', async () => {
  expect(await personalFiles('uploads', 'ana').list()).toEqual(['one'])
  expect(await personalFiles('uploads', 'ana').read('one', 'source')).not.toBeNull()
  expect(await personalFiles('uploads', 'ana').read('two', 'source')).toBeNull()
  expect(await personalFiles('uploads', 'eva').list()).toEqual([])
})

it('removes what others left once somebody is here', async () => {
  await forgetFilesOfOthers('ana')
  expect(await personalFiles('uploads', 'ana').list()).toEqual(['one'])
  expect([...(store.get('uploads') as Folder).keys()]).toEqual(['ana'])
  expect([...(store.get('recordings') as Folder).keys()]).toEqual([])
})

it('leaves alone what another tab is at', async () => {
  held.add(fileLock('recordings', 'four')).add(fileLock('uploads', 'two'))
  await forgetFilesOfOthers('ana')
  expect(await personalFiles('recordings', 'ben').list()).toEqual(['four'])
  expect(await personalFiles('uploads', 'ben').list()).toEqual(['two'])
})

it('removes all of somebody who leaves for good, and nothing of anybody else', async () => {
  await forgetFilesOf('ben')
  expect([...(store.get('uploads') as Folder).keys()]).toEqual(['ana'])
  expect([...(store.get('recordings') as Folder).keys()]).toEqual([])
  await forgetFilesOf('nobody')
})
