import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { forgetSharedFiles, keepSharedFiles, readSharedFiles } from './shared-files.ts'

/** The Cache API as far as it is used: in the order of putting, one answer an address. */
class Caches {
  readonly kept = new Map<string, Map<string, Response>>()

  async open(name: string) {
    const entries = this.kept.get(name) ?? new Map<string, Response>()
    this.kept.set(name, entries)
    const addressOf = (path: string) => new URL(path, 'https://sound.example').href
    return {
      put: async (path: string, response: Response) => void entries.set(addressOf(path), response),
      keys: async () => [...entries.keys()].map((url) => new Request(url)),
      match: async ({ url }: Request) => entries.get(url)?.clone(),
    }
  }

  async delete(name: string) {
    return this.kept.delete(name)
  }
}

beforeEach(() => void vi.stubGlobal('caches', new Caches()))
afterEach(() => void vi.unstubAllGlobals())

const song = (name: string, text: string) => new File([text], name, { type: 'audio/mpeg' })
const read = async () =>
  Promise.all((await readSharedFiles()).map(async (file) => [file.name, file.type, await file.text()]))

it('keeps files of one name apart, each under its name', async () => {
  await keepSharedFiles([song('song.mp3', 'one'), song('a/ñ 100%.mp3', 'two'), song('song.mp3', 'three')])
  expect(await read()).toEqual([
    ['song.mp3', 'audio/mpeg', 'one'],
    ['a/ñ 100%.mp3', 'audio/mpeg', 'two'],
    ['song.mp3', 'audio/mpeg', 'three'],
  ])
})

it('keeps what was shared last, until it is forgotten', async () => {
  await keepSharedFiles([song('before.mp3', 'one'), song('other.mp3', 'two')])
  await keepSharedFiles([song('song.mp3', 'three')])
  expect(await read()).toEqual([['song.mp3', 'audio/mpeg', 'three']])
  await forgetSharedFiles()
  expect(await read()).toEqual([])
})
