import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPacer } from './pacer.ts'

describe('createPacer', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('does together what became ready together, and the next after that has had its time', async () => {
    const done: { item: number; atInMs: number }[] = []
    const startedAtInMs = performance.now()
    const pacer = createPacer(
      (item: number) => done.push({ item, atInMs: performance.now() - startedAtInMs }),
      { perSecond: 1_000 },
    )
    for (let item = 0; item < 80; item++) pacer.add(item)
    await vi.advanceTimersByTimeAsync(5)
    expect(done).toHaveLength(80)
    for (let item = 80; item < 130; item++) pacer.add(item)
    pacer.add(90)
    pacer.remove(129)
    await vi.advanceTimersByTimeAsync(79)
    expect(done).toHaveLength(80)
    await vi.advanceTimersByTimeAsync(1)
    expect(done).toHaveLength(129)
    expect(done.map(({ item }) => item)).toEqual(Array.from({ length: 129 }, (_, index) => index))
    expect(done.at(-1)?.atInMs).toBe(85)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(done).toHaveLength(129)
  })

  it('lets other work in between', async () => {
    vi.useRealTimers()
    const order: string[] = []
    const pacer = createPacer(
      (item: number) => {
        if (item === 0) setImmediate(() => order.push('other work'))
        order.push(`item ${item}`)
      },
      { perSecond: 1_000 },
    )
    for (let item = 0; item < 150; item++) pacer.add(item)
    await vi.waitFor(() => expect(order).toHaveLength(151))
    expect(order.indexOf('other work')).toBe(100)
  })
})
