import { expect, it } from 'vitest'
import { createRealtimePool } from './realtime-pool.ts'

/** As much of a client as the pool looks at: the channels that it holds, also those that are still leaving. */
function openPool() {
  const topics: string[] = []
  const pool = createRealtimePool(() => ({ getChannels: () => topics.map((topic) => ({ topic })) }))
  return { topics, pool }
}

it('shares a connection until it is full', () => {
  const { pool } = openPool()
  const connections = Array.from({ length: 81 }, (_, n) => pool.acquire(`session:${n}`))
  expect(new Set(connections.slice(0, 80)).size).toBe(1)
  expect(connections[80]).not.toBe(connections[0])
  pool.release(connections[0] as (typeof connections)[number])
  expect(pool.acquire('session:80')).toBe(connections[0])
})

it('opens nothing more on a connection that is retired, or that its last channel left', () => {
  const { pool } = openPool()
  const retired = pool.acquire('session:1')
  pool.retire(retired)
  const left = pool.acquire('session:2')
  pool.release(left)
  const fresh = pool.acquire('session:3')
  expect(new Set([retired, left, fresh]).size).toBe(3)
})

it('does not open a topic where the same one is still leaving', () => {
  const { pool, topics } = openPool()
  const first = pool.acquire('session:1')
  topics.push('realtime:session:1')
  expect(pool.acquire('session:2')).toBe(first)
  expect(pool.acquire('session:1')).not.toBe(first)
})
