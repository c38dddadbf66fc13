import { expect, it } from 'vitest'
import { createTurnstile } from './turnstile.ts'

/** A turnstile on a clock of its own, and people who stay inside until they are told to go. */
function setUp({ atOnce = 1, patienceInMs = 1_000 } = {}) {
  const clock = { nowInMs: 0 }
  const pass = createTurnstile({ atOnce, patienceInMs, now: () => clock.nowInMs })
  const entered: string[] = []
  const going: (() => void)[] = []
  const come = (name: string, gate = 'one') =>
    pass(gate, () => {
      entered.push(name)
      return new Promise<string>((resolve) => going.push(() => resolve(name)))
    })
  /** The one who is longest inside goes, after so long. */
  const oneGoes = async (afterInMs = 0) => {
    clock.nowInMs += afterInMs
    going.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { pass, come, entered, oneGoes }
}

it('lets so many in at once, and the others in the order in which they came', async () => {
  const { come, entered, oneGoes } = setUp({ atOnce: 2 })
  const all = ['a', 'b', 'c', 'd'].map((name) => come(name))
  expect(entered).toEqual(['a', 'b'])
  await oneGoes()
  expect(entered).toEqual(['a', 'b', 'c'])
  for (let count = 0; count < 3; count++) await oneGoes()
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd'])
  void come('e')
  void come('f')
  void come('g')
  expect(entered).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})

it('lets the gates take turns', async () => {
  const { come, entered, oneGoes } = setUp()
  for (const name of ['1a', '1b', '1c', '1d']) void come(name)
  for (const name of ['2a', '2b']) void come(name, 'two')
  for (let count = 0; count < 5; count++) await oneGoes()
  expect(entered).toEqual(['1a', '1b', '2a', '1c', '2b', '1d'])
})

it('hands the place on when somebody fails', async () => {
  const { pass, come, entered } = setUp()
  const failing = pass('one', async () => {
    throw new Error('no')
  })
  void come('next')
  await expect(failing).rejects.toThrow('no')
  expect(entered).toEqual(['next'])
})

it('tells whoever would wait for too long when to come back, by the pace of late', async () => {
  const { come, entered, oneGoes } = setUp({ patienceInMs: 1_000 })
  void come('inside')
  for (let count = 0; count < 50; count++) void come('waiting')
  await expect(come('late')).rejects.toMatchObject({ code: 'crowded', retryAfterInMs: 1_020 })
  // Slower than was thought at first: it takes 100 ms each.
  for (let count = 0; count < 41; count++) await oneGoes(100)
  expect(entered).toHaveLength(42)
  void come('tenth')
  await expect(come('eleventh')).rejects.toMatchObject({ code: 'crowded' })
})

it('refuses nobody at another gate for the crowd at this one', async () => {
  const { come, entered, oneGoes } = setUp({ patienceInMs: 1_000 })
  for (let count = 0; count < 51; count++) void come('crowd')
  await expect(come('late')).rejects.toMatchObject({ code: 'crowded' })
  void come('elsewhere', 'two')
  await oneGoes()
  await oneGoes()
  expect(entered).toEqual(['crowd', 'crowd', 'elsewhere'])
})
