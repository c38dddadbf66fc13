import { expect, it, onTestFinished, vi } from 'vitest'
import { type CatchUp, catchUpItemsMax, type Envelope } from '#lib/protocol/envelope.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import type { Snapshot } from '#lib/protocol/session-state.ts'
import { createLogFollower } from './log-follower.ts'
import type { RoomState } from './room-state.ts'
import { bruno, createFakeSession } from './testing/fake-session.ts'

function follow(snapshot: () => Promise<Snapshot>, poll: (after: number) => Promise<CatchUp>) {
  const states: RoomState[] = []
  const onRefused = vi.fn()
  const follower = createLogFollower({
    api: { snapshot, poll },
    random: () => 0,
    onState: (state) => void states.push(state),
    onStatus: () => {},
    onRefused,
  })
  return { follower, states, onRefused }
}

const noPoll = () => Promise.reject(new CodedError('internal'))

it('keeps what arrives while the snapshot is on its way, and drops what the snapshot has', async () => {
  const told: Envelope[] = []
  const server = createFakeSession((envelope) => void told.push(envelope))
  const snapshot = Promise.withResolvers<Snapshot>()
  const poll = vi.fn(noPoll)
  const { follower, states } = follow(() => snapshot.promise, poll)
  server.chat(bruno, 'in the snapshot')
  const taken = server.snapshot()
  server.chat(bruno, 'after it')
  for (const envelope of told) follower.receive(envelope)
  snapshot.resolve(taken)
  await vi.waitFor(() => expect(states.at(-1)?.seq).toBe(2))
  expect(states.at(-1)?.messages.map(({ text }) => text)).toEqual(['in the snapshot', 'after it'])
  expect(poll).not.toHaveBeenCalled()
  follower.destroy()
})

it('fetches page after page what a long sleep missed', async () => {
  const server = createFakeSession(() => {})
  const poll = vi.fn(async (after: number): Promise<CatchUp> => {
    const answer = server.poll(after)
    if ('reset' in answer) return answer
    const items = answer.items.slice(0, catchUpItemsMax)
    return { ...answer, items, to: items.at(-1)?.seq ?? answer.to }
  })
  const { follower, states } = follow(async () => server.snapshot(), poll)
  await vi.waitFor(() => expect(states).toHaveLength(1))
  for (let count = 0; count < 1_200; count++) server.chat(bruno, `${count}`)
  follower.catchUp()
  await vi.waitFor(() => expect(states.at(-1)?.seq).toBe(1_200))
  expect(poll.mock.calls).toEqual([[0], [500], [1000]])
  follower.destroy()
})

it('tells a refusal once and asks no more', async () => {
  const snapshot = vi.fn(() => Promise.reject(new CodedError('banned')))
  const { follower, onRefused } = follow(snapshot, noPoll)
  await vi.waitFor(() => expect(onRefused).toHaveBeenCalledExactlyOnceWith('banned'))
  follower.catchUp()
  expect(snapshot).toHaveBeenCalledOnce()
})

it('loads the snapshot of a crowded session no sooner than it was told', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const server = createFakeSession(() => {})
  const snapshot = vi
    .fn(async () => server.snapshot())
    .mockRejectedValueOnce(new CodedError('crowded', { retryAfterInMs: 2_000 }))
  const { follower, states } = follow(snapshot, noPoll)
  await vi.advanceTimersByTimeAsync(1_999)
  expect(snapshot).toHaveBeenCalledOnce()
  await vi.advanceTimersByTimeAsync(1)
  expect(states).toHaveLength(1)
  follower.destroy()
})
