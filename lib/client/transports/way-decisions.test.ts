import { describe, expect, it } from 'vitest'
import { isUnsteady, nextClimbDelayInMs, orderToTry, waysAbove } from './way-decisions.ts'

const all = ['websocket', 'sse', 'long_poll'] as const

describe('orderToTry', () => {
  it('is the server’s where nothing is known', () => expect(orderToTry(all, null)).toEqual(all))
  it('goes down from what worked before, and then to what did not', () =>
    expect(orderToTry(all, 'sse')).toEqual(['sse', 'long_poll', 'websocket']))
  it('is the server’s where it no longer names what worked', () =>
    expect(orderToTry(['sse', 'long_poll'], 'websocket')).toEqual(['sse', 'long_poll']))
})

describe('waysAbove', () => {
  it('names the better ones, the best first', () => {
    expect(waysAbove(all, 'long_poll')).toEqual(['websocket', 'sse'])
    expect(waysAbove(all, 'websocket')).toEqual([])
  })
  it('names all where the room has grown out of the one in use', () =>
    expect(waysAbove(['sse', 'long_poll'], 'websocket')).toEqual(['sse', 'long_poll']))
})

describe('isUnsteady', () => {
  it('is a way that broke three times within a minute', () => {
    expect(isUnsteady([1_000, 20_000], 30_000)).toBe(false)
    expect(isUnsteady([1_000, 20_000, 59_000], 60_000)).toBe(true)
    expect(isUnsteady([1_000, 20_000, 62_000], 62_000)).toBe(false)
  })
})

describe('nextClimbDelayInMs', () => {
  it('doubles up to ten minutes', () => {
    const longest = [0, 1, 2, 3, 4, 9].map((attempt) =>
      nextClimbDelayInMs({ is: 'blocked', attempt }, () => 1),
    )
    expect(longest.map((inMs) => inMs / 60_000)).toEqual([1, 2, 4, 8, 10, 10])
  })
  it('spreads a crowd over all of the time', () =>
    expect(nextClimbDelayInMs({ is: 'blocked', attempt: 2 }, () => 0.25)).toBe(60_000))
  it('is short after an outage', () =>
    expect(nextClimbDelayInMs({ is: 'outage' }, () => 1)).toBeLessThanOrEqual(2_000))
  it('never hammers from the top', () =>
    expect(nextClimbDelayInMs({ is: 'at_the_top' }, () => 0)).toBeGreaterThan(120_000))
})
