import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CodedError, type Refusal } from '#lib/protocol/errors.ts'
import { createReactions, type Reaction } from './reactions.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const reaction = (userId: string): Reaction => ({ userId, commandId: `command of ${userId}`, emoji: '🔥' })

function collect(answer: (reaction: Reaction) => Partial<Refusal> = () => ({})) {
  const carryOut = vi.fn(async (_sessionId: string, reactions: Reaction[]) => reactions.map(answer))
  return { carryOut, ...createReactions({ carryOut }) }
}

const batches = ({ carryOut }: ReturnType<typeof collect>) =>
  carryOut.mock.calls.map(([, reactions]) => reactions.map(({ userId }) => userId))

it('lets the first leave at once and the others of a quarter of a second together', async () => {
  const reactions = collect()
  await reactions.add('party', reaction('Ana'))
  const others = ['Ben', 'Eve'].map((by) => reactions.add('party', reaction(by)))
  await vi.advanceTimersByTimeAsync(249)
  expect(batches(reactions)).toEqual([['Ana']])
  await vi.advanceTimersByTimeAsync(1)
  await Promise.all(others)
  expect(batches(reactions)).toEqual([['Ana'], ['Ben', 'Eve']])
})

it('keeps sessions apart', async () => {
  const reactions = collect()
  await Promise.all([reactions.add('party', reaction('Ana')), reactions.add('den', reaction('Ben'))])
  expect(reactions.carryOut.mock.calls.map(([sessionId]) => sessionId)).toEqual(['party', 'den'])
})

it('forgets a session that is quiet', async () => {
  const reactions = collect()
  await reactions.add('party', reaction('Ana'))
  await vi.advanceTimersByTimeAsync(250)
  expect(vi.getTimerCount()).toBe(0)
  await reactions.add('party', reaction('Ben'))
  expect(batches(reactions)).toEqual([['Ana'], ['Ben']])
})

it('refuses those that were refused, and no others', async () => {
  const { add } = collect(({ userId }) =>
    userId === 'Eve' ? { code: 'rate_limited', retryAfterInMs: 900 } : {},
  )
  void add('party', reaction('Ana'))
  const settled = Promise.allSettled(['Eve', 'Ben'].map((by) => add('party', reaction(by))))
  await vi.advanceTimersByTimeAsync(250)
  const [eve, ben] = await settled
  expect(eve).toMatchObject({ reason: new CodedError('rate_limited', { retryAfterInMs: 900 }) })
  expect(ben?.status).toBe('fulfilled')
})

it('refuses all of them when none could be carried out, and goes on with the next', async () => {
  const reactions = collect()
  reactions.carryOut.mockRejectedValueOnce(new CodedError('unavailable'))
  await expect(reactions.add('party', reaction('Ana'))).rejects.toMatchObject({ code: 'unavailable' })
  const next = reactions.add('party', reaction('Ben'))
  await vi.advanceTimersByTimeAsync(250)
  await next
})

it('sends at most 500 at a time', async () => {
  const reactions = collect()
  const all = Array.from({ length: 600 }, (_, i) => reactions.add('party', reaction(String(i))))
  await vi.advanceTimersByTimeAsync(500)
  await Promise.all(all)
  expect(batches(reactions).map(({ length }) => length)).toEqual([1, 500, 99])
})
