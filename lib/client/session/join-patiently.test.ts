import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CodedError } from '#lib/protocol/errors.ts'
import type { JoinedSession } from '#lib/protocol/session-requests.ts'
import { joinPatiently } from './join-patiently.ts'

const joined: JoinedSession = { role: 'listener', ways: ['sse'], channel: 0 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('comes back to a crowded session, no sooner than it was told and not with the others', async () => {
  const crowded = new CodedError('crowded', { retryAfterInMs: 2_000 })
  const join = vi.fn(async () => joined).mockRejectedValueOnce(crowded)
  const others = vi.fn(async () => joined).mockRejectedValueOnce(crowded)
  const connection = { follower: vi.fn() }
  const joining = joinPatiently(
    join,
    () => 0,
    () => false,
    connection,
  )
  void joinPatiently(
    others,
    () => 0.5,
    () => false,
    connection,
  )
  await vi.advanceTimersByTimeAsync(1_999)
  expect(join).toHaveBeenCalledOnce()
  await vi.advanceTimersByTimeAsync(1)
  expect(await joining).toEqual(joined)
  await vi.advanceTimersByTimeAsync(1_249)
  expect(others).toHaveBeenCalledOnce()
  await vi.advanceTimersByTimeAsync(1)
  expect(others).toHaveBeenCalledTimes(2)
})

it('takes a refusal for one', async () => {
  const join = async () => {
    throw new CodedError('banned')
  }
  expect(
    await joinPatiently(
      join,
      () => 0,
      () => false,
      { follower: () => {} },
    ),
  ).toEqual({ refused: 'banned' })
})
