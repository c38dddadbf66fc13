import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Sign } from './hear-signs.ts'
import { createSignsOfLife } from './signs-of-life.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

const sign = (sessionId: string, userId: string): Sign => ({ sessionId, userId, everyInMs: 8_000 })

/** A process that has been up for a while, and whose hub follows one session. */
async function open() {
  const taken: { signs: readonly Sign[]; watched: readonly string[] }[] = []
  const told: [string, readonly string[]][] = []
  const database = { silent: new Map<string, string[]>(), isThere: true }
  const signs = createSignsOfLife({
    hear: async (given, watched) => {
      if (!database.isThere) throw new Error('gone')
      taken.push({ signs: given, watched })
      return database.silent
    },
    hub: {
      sessionIds: () => ['followed'],
      takeForSilent: (sessionId, userIds) => told.push([sessionId, userIds]),
    },
    log: pino({ level: 'silent' }),
    now: Date.now,
  })
  await vi.advanceTimersByTimeAsync(12_000)
  taken.length = 0
  told.length = 0
  return { signs, taken, told, database }
}

describe('signs of life', () => {
  it('of one second are taken down together, and answered with who is silent', async () => {
    const { signs, taken, database } = await open()
    database.silent = new Map([['party', ['ben']]])
    const answers = Promise.all([
      signs.note(sign('party', 'ana')),
      signs.note(sign('party', 'eva')),
      signs.note(sign('quiet', 'ana')),
    ])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await answers).toEqual([['ben'], ['ben'], []])
    expect(taken).toEqual([
      {
        signs: [sign('party', 'ana'), sign('quiet', 'ana'), sign('party', 'eva')],
        watched: ['followed', 'party', 'quiet'],
      },
    ])
  })

  it('of one person count once, and in no more sessions than somebody has tabs', async () => {
    const { signs, taken } = await open()
    const given = ['1', '1', '2', '3', '4', '5', '6', '7', '8'].map((id) => signs.note(sign(id, 'ana')))
    await expect(signs.note(sign('9', 'ana'))).rejects.toMatchObject({ code: 'rate_limited' })
    await vi.advanceTimersByTimeAsync(1_000)
    await Promise.all(given)
    expect(taken[0]?.signs).toHaveLength(8)
  })

  it('are looked for by the hub where none comes in here, also when somebody is back', async () => {
    const { told, database } = await open()
    database.silent = new Map([['followed', ['ben']]])
    await vi.advanceTimersByTimeAsync(1_000)
    database.silent = new Map()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(told).toEqual([
      ['followed', ['ben']],
      ['followed', []],
    ])
  })

  it('are refused where they cannot be taken down, and nobody is called silent until all had time again', async () => {
    const { signs, told, database } = await open()
    database.silent = new Map([['followed', ['ben']]])
    database.isThere = false
    const lost = expect(signs.note(sign('followed', 'ana'))).rejects.toMatchObject({ code: 'unavailable' })
    await vi.advanceTimersByTimeAsync(1_000)
    await lost
    database.isThere = true
    const early = signs.note(sign('followed', 'ana'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect([await early, told]).toEqual([[], []])
    await vi.advanceTimersByTimeAsync(9_000)
    expect(told.at(-1)).toEqual(['followed', ['ben']])
  })

  it('say nothing of others while this process had stood still', async () => {
    const { told, database } = await open()
    database.silent = new Map([['followed', ['ben']]])
    vi.setSystemTime(Date.now() + 60_000)
    await vi.advanceTimersByTimeAsync(9_000)
    expect(told).toEqual([])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(told.at(-1)).toEqual(['followed', ['ben']])
  })

  it('end with the process, and keep nobody waiting', async () => {
    const { signs } = await open()
    const waiting = expect(signs.note(sign('party', 'ana'))).rejects.toMatchObject({ code: 'unavailable' })
    signs.close()
    await waiting
    expect(vi.getTimerCount()).toBe(0)
  })
})
