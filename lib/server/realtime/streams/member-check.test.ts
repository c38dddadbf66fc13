import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemberCheck, type MembersAmong } from './member-check.ts'

describe('createMemberCheck', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('asks once for all who come to a session within a moment', async () => {
    const ask = vi.fn<MembersAmong>(
      async (_sessionId, userIds) => new Set(userIds.filter((id) => id !== 'bruno')),
    )
    const isMember = createMemberCheck(ask)
    const answers = Promise.all([
      isMember('one', 'ana'),
      isMember('two', 'ana'),
      isMember('one', 'bruno'),
      isMember('one', 'ana'),
    ])
    await vi.advanceTimersByTimeAsync(10)
    expect(await answers).toEqual([true, true, false, true])
    expect(ask.mock.calls).toEqual([
      ['one', ['ana', 'bruno']],
      ['two', ['ana']],
    ])
  })

  it('remembers nobody', async () => {
    const ask = vi.fn<MembersAmong>(async () => new Set(['ana']))
    const isMember = createMemberCheck(ask)
    for (const _ of [1, 2]) {
      const answer = isMember('one', 'ana')
      await vi.advanceTimersByTimeAsync(10)
      expect(await answer).toBe(true)
      ask.mockResolvedValue(new Set(['ana']))
    }
    expect(ask).toHaveBeenCalledTimes(2)
  })

  it('does not wait once many have come, and takes the next ones by themselves', async () => {
    const ask = vi.fn<MembersAmong>(async (_sessionId, userIds) => new Set(userIds))
    const isMember = createMemberCheck(ask)
    const many = Array.from({ length: 500 }, (_, index) => isMember('one', `person ${index}`))
    expect(await Promise.all(many)).not.toContain(false)
    expect(ask).toHaveBeenCalledTimes(1)
    const next = isMember('one', 'ana')
    await vi.advanceTimersByTimeAsync(10)
    expect(await next).toBe(true)
    expect(ask).toHaveBeenLastCalledWith('one', ['ana'])
  })

  it('tells everybody when the question failed, and asks anew', async () => {
    const ask = vi.fn<MembersAmong>(async () => new Set(['ana']))
    ask.mockRejectedValueOnce(new Error('away'))
    const isMember = createMemberCheck(ask)
    const failed = expect(Promise.all([isMember('one', 'ana'), isMember('one', 'bruno')])).rejects.toThrow(
      'away',
    )
    await vi.advanceTimersByTimeAsync(10)
    await failed
    const answer = isMember('one', 'ana')
    await vi.advanceTimersByTimeAsync(10)
    expect(await answer).toBe(true)
  })
})
