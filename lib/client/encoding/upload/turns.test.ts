import { expect, it } from 'vitest'
import { createTurns } from './turns.ts'

/** Work that lasts until it is told to end. */
function createWork(journal: string[]) {
  const ends = new Map<string, () => void>()
  return {
    begin: (name: string) => () =>
      new Promise<void>((resolve) => {
        journal.push(name)
        ends.set(name, resolve)
      }),
    end: async (name: string) => {
      ends.get(name)?.()
      await settled()
    },
  }
}
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
const { signal } = new AbortController()

it('lets so many work at a time, in the order they came', async () => {
  const journal: string[] = []
  const work = createWork(journal)
  const inTurn = createTurns(2)
  for (const name of ['a', 'b', 'c', 'd']) void inTurn(signal, work.begin(name))
  await settled()
  expect(journal).toEqual(['a', 'b'])
  await work.end('b')
  expect(journal).toEqual(['a', 'b', 'c'])
  await work.end('a')
  expect(journal).toEqual(['a', 'b', 'c', 'd'])
})

it('lets the urgent go first, though they came later', async () => {
  const journal: string[] = []
  const work = createWork(journal)
  const inTurn = createTurns(1)
  void inTurn(signal, work.begin('a'))
  void inTurn(signal, work.begin('later b'), 'later')
  void inTurn(signal, work.begin('c'))
  await settled()
  await work.end('a')
  await work.end('c')
  expect(journal).toEqual(['a', 'c', 'later b'])
})

it('goes on behind work that fails, and without who left the line', async () => {
  const journal: string[] = []
  const work = createWork(journal)
  const inTurn = createTurns(1)
  const leaving = new AbortController()
  const failing = inTurn(signal, async () => {
    throw new Error('broken')
  })
  const first = inTurn(signal, work.begin('a'))
  const left = inTurn(leaving.signal, work.begin('b'))
  void inTurn(signal, work.begin('c'))
  await expect(failing).rejects.toThrow('broken')
  leaving.abort(new Error('gone'))
  await expect(left).rejects.toThrow('gone')
  await work.end('a')
  await first
  expect(journal).toEqual(['a', 'c'])
})
