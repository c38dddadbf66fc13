import { describe, expect, it } from 'vitest'
import cases from './order-queue.cases.json' with { type: 'json' }
import { orderQueue } from './order-queue.ts'

describe('orderQueue', () => {
  it.each(cases)('$name', ({ items, turns, order }) => {
    expect(orderQueue(items, turns as Parameters<typeof orderQueue>[1]).map((item) => item.id)).toEqual(order)
    expect(
      orderQueue(items.toReversed(), turns as Parameters<typeof orderQueue>[1]).map((item) => item.id),
    ).toEqual(order)
  })
})
