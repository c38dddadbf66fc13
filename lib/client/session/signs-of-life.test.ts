import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { giveSignsOfLife } from './signs-of-life.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function open(say: () => Promise<readonly string[]> = async () => [], hereCount = 2) {
  const saidAtInMs: number[] = []
  const startedAtInMs = performance.now()
  const heard: (readonly string[])[] = []
  const signs = giveSignsOfLife({
    say: () => {
      saidAtInMs.push(Math.round(performance.now() - startedAtInMs))
      return say()
    },
    hereCount: () => hereCount,
    onSilent: (userIds) => heard.push(userIds),
    random: () => 0.5,
  })
  return { signs, saidAtInMs, heard }
}

it('says at once and then within every eight seconds that somebody is here', async () => {
  const { signs, saidAtInMs } = open()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(saidAtInMs).toEqual([0, 7_200, 14_400])
  signs.destroy()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(saidAtInMs).toHaveLength(3)
})

it('goes on when a sign does not arrive, or hangs', async () => {
  const answers = [Promise.reject(new Error('lost')), new Promise<never>(() => {})]
  const { saidAtInMs, heard } = open(() => answers.shift() ?? Promise.resolve(['ben']))
  await vi.advanceTimersByTimeAsync(17_000)
  expect(saidAtInMs).toEqual([0, 7_200, 14_400])
  expect(heard).toEqual([['ben']])
})

it('says it more rarely where many are here, and soon again where it did not arrive', async () => {
  let said = 0
  const { saidAtInMs } = open(async () => {
    if (++said === 2) throw new Error('gone')
    return []
  }, 6_000)
  await vi.advanceTimersByTimeAsync(110_000)
  expect(saidAtInMs).toEqual([0, 54_000, 61_200])
})

it('believes the newest answer alone', async () => {
  const [first, second] = [Promise.withResolvers<string[]>(), Promise.withResolvers<string[]>()]
  const answers = [first.promise, second.promise]
  const { signs, heard } = open(() => answers.shift() ?? Promise.resolve([]))
  signs.give()
  second.resolve(['ben'])
  await vi.advanceTimersByTimeAsync(0)
  first.resolve([])
  await vi.advanceTimersByTimeAsync(0)
  expect(heard).toEqual([['ben']])
})

it('keeps time in a hidden tab, whose own timers hardly run', async () => {
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: true }))
  const asked: (number | null)[] = []
  const tickers: EventTarget[] = []
  vi.stubGlobal(
    'Worker',
    class extends EventTarget {
      constructor() {
        super()
        tickers.push(this)
      }
      postMessage(delayInMs: number | null) {
        asked.push(delayInMs)
      }
      terminate() {}
    },
  )
  const { setTimeout: realTimeout } = globalThis
  vi.stubGlobal('setTimeout', () => 0)
  const { signs, saidAtInMs } = open()
  await Promise.resolve()
  expect(asked.at(-1)).toBe(7_200)
  realTimeout(() => tickers[0]?.dispatchEvent(new Event('message')), 7_200)
  await vi.advanceTimersByTimeAsync(7_200)
  expect(saidAtInMs).toEqual([0, 7_200])
  signs.destroy()
})
