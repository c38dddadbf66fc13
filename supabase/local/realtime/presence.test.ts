import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPresence, type PresenceDiff } from './presence.ts'

type State = PresenceDiff['joins']

/** What a client makes of diffs, as Phoenix' client does: the joins first, then the leaves. */
function apply(state: State, { joins, leaves }: PresenceDiff): State {
  const next = new Map(Object.entries(state).map(([key, { metas }]) => [key, metas]))
  for (const [key, { metas }] of Object.entries(joins)) next.set(key, [...(next.get(key) ?? []), ...metas])
  for (const [key, { metas }] of Object.entries(leaves)) {
    const left = new Set(metas.map((meta) => meta.phx_ref))
    const remaining = (next.get(key) ?? []).filter((meta) => !left.has(meta.phx_ref))
    if (remaining.length > 0) next.set(key, remaining)
    else next.delete(key)
  }
  return Object.fromEntries([...next].map(([key, metas]) => [key, { metas }]))
}

const sorted = (state: State) =>
  Object.fromEntries(
    Object.entries(state)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { metas }]) => [key, metas.map((meta) => meta.phx_ref).sort()]),
  )

const step = fc.oneof(
  fc.record({ kind: fc.constant('track'), owner: fc.nat(4), mood: fc.nat(2) }),
  fc.record({ kind: fc.constant('untrack'), owner: fc.nat(4), mood: fc.constant(0) }),
  fc.record({ kind: fc.constant('tell'), owner: fc.constant(0), mood: fc.constant(0) }),
)

describe('presence', () => {
  test('whoever follows the diffs knows the state, however changes and diffs mix', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let announced = 0
        let told = 0
        const presence = createPresence<number>(() => announced++)
        let replica: State = {}
        const tell = () => {
          const diff = presence.takeDiff()
          if (!diff) return
          told++
          replica = apply(replica, diff)
        }
        for (const { kind, owner, mood } of steps) {
          // Two owners share each key.
          if (kind === 'track') presence.track(owner, `key${owner >> 1}`, { mood })
          else if (kind === 'untrack') presence.untrack(owner)
          else tell()
        }
        tell()
        expect(sorted(replica)).toEqual(sorted(presence.state()))
        expect(announced).toBeGreaterThanOrEqual(told)
        expect(presence.takeDiff()).toBeNull()
      }),
    )
  })

  test('an update leaves with the old meta and joins with the new, which names it', () => {
    const presence = createPresence<string>(() => {})
    presence.track('owner', 'ana', { mood: 'calm' })
    const first = presence.takeDiff()?.joins.ana?.metas[0]
    presence.track('owner', 'ana', { mood: 'wild' })
    const diff = presence.takeDiff()
    expect(diff?.leaves.ana?.metas).toEqual([first])
    expect(diff?.joins.ana?.metas).toEqual([
      { phx_ref: expect.any(String), phx_ref_prev: first?.phx_ref, mood: 'wild' },
    ])
  })

  test('tracking the same again says nothing; a client cannot choose its reference', () => {
    const presence = createPresence<string>(() => {})
    presence.track('owner', 'ana', { mood: 'calm', phx_ref: 'mine' })
    expect(presence.takeDiff()?.joins.ana?.metas[0]?.phx_ref).not.toBe('mine')
    presence.track('owner', 'ana', { mood: 'calm', phx_ref: 'mine' })
    expect(presence.takeDiff()).toBeNull()
  })

  test('keys such as __proto__ are keys', () => {
    const presence = createPresence<string>(() => {})
    presence.track('owner', '__proto__', { mood: 'calm' })
    expect(Object.keys(presence.state())).toEqual(['__proto__'])
  })
})
