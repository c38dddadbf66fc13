import { expect, it, vi } from 'vitest'
import { ana, bruno, createFakeSession, sessionId } from '#lib/client/session/testing/fake-session.ts'
import type { Rpc } from '../db/clients.ts'
import { createLoadSnapshot } from './load-snapshot.ts'

const asRpc = (rpc: (name: string) => Promise<unknown>) => ({ rpc }) as unknown as Rpc

/** A database in which Ana and Bruno are members, and nobody else. */
function setUp() {
  const { me, myVotes, ...shared } = createFakeSession(() => {}).snapshot()
  const asked: string[] = []
  const clock = { nowInMs: 0 }
  const service = asRpc(
    vi.fn(async (name) => {
      asked.push(name)
      return { data: shared, error: null }
    }),
  )
  const as = (userId: string) =>
    asRpc(async (name) => {
      asked.push(`${name} of ${userId}`)
      if (userId !== ana && userId !== bruno) {
        return { data: null, error: { code: 'P0001', message: 'not_found', details: '' } }
      }
      return { data: { me: { ...me, userId }, myVotes }, error: null }
    })
  const load = createLoadSnapshot(service, () => clock.nowInMs)
  return { shared, asked, clock, as, load }
}

it('asks for what all see alike once a moment, and for what is one’s own after it', async () => {
  const { shared, asked, clock, as, load } = setUp()
  const [first, second] = await Promise.all([load(as(ana), sessionId), load(as(bruno), sessionId)])
  expect(first).toMatchObject({ ...shared, me: { userId: ana } })
  expect(second).toMatchObject({ ...shared, me: { userId: bruno } })
  expect(asked).toEqual(['hub_snapshot', `my_snapshot of ${ana}`, `my_snapshot of ${bruno}`])
  clock.nowInMs = 250
  await load(as(ana), sessionId)
  expect(asked.slice(3)).toEqual(['hub_snapshot', `my_snapshot of ${ana}`])
})

it('gives nothing to whom SQL refuses, though others have just been given it', async () => {
  const { as, load } = setUp()
  await load(as(ana), sessionId)
  await expect(load(as('a stranger'), sessionId)).rejects.toMatchObject({ code: 'not_found' })
})
