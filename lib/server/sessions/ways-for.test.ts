import { describe, expect, it } from 'vitest'
import { waysFor } from './ways-for.ts'

describe('waysFor', () => {
  it('lets a small room listen over Realtime, and fall back', () => {
    expect(waysFor('listener', 199, 200)).toEqual(['websocket', 'sse', 'long_poll'])
  })
  it('keeps the listeners of a large room off Realtime', () => {
    expect(waysFor('listener', 200, 200)).toEqual(['sse', 'long_poll'])
    expect(waysFor('moderator', 10_000, 200)).toEqual(['sse', 'long_poll'])
  })
  it('keeps who plays on Realtime whatever the size', () => {
    expect(waysFor('dj', 10_000, 200)[0]).toBe('websocket')
    expect(waysFor('co_dj', 10_000, 200)[0]).toBe('websocket')
  })
})
