import { randomBytes } from 'node:crypto'

type Meta = { phx_ref: string; phx_ref_prev?: string; [field: string]: unknown }
type Entries = Record<string, { metas: Meta[] }>
export type PresenceDiff = { joins: Entries; leaves: Entries }

const prefix = randomBytes(6).toString('base64url')
let counter = 0
const nextRef = () => `${prefix}${(counter++).toString(36)}`

/**
 * Who is present in one topic, as Phoenix Presence tells it: every owner (a joined channel) may track one
 * meta under its key. Changes gather in a diff until `takeDiff`; `onChange` says that one has begun.
 */
export function createPresence<Owner>(onChange: () => void) {
  const tracked = new Map<Owner, { key: string; meta: Meta; payload: string }>()
  let joins = new Map<Meta, string>()
  let leaves = new Map<Meta, string>()

  const hasDiff = () => joins.size > 0 || leaves.size > 0
  const change = (work: () => void) => {
    const had = hasDiff()
    work()
    if (!had && hasDiff()) onChange()
  }
  const leave = (key: string, meta: Meta) => {
    // Nobody has heard of it yet.
    if (!joins.delete(meta)) leaves.set(meta, key)
  }

  function track(owner: Owner, key: string, payload: Record<string, unknown>): void {
    const text = JSON.stringify(payload)
    const before = tracked.get(owner)
    if (before?.payload === text) return
    const { phx_ref: _, phx_ref_prev: __, ...fields } = payload
    const meta: Meta = { phx_ref: nextRef(), ...(before && { phx_ref_prev: before.meta.phx_ref }), ...fields }
    tracked.set(owner, { key, meta, payload: text })
    change(() => {
      if (before) leave(before.key, before.meta)
      joins.set(meta, key)
    })
  }

  function untrack(owner: Owner): void {
    const before = tracked.get(owner)
    if (!before) return
    tracked.delete(owner)
    change(() => leave(before.key, before.meta))
  }

  return {
    track,
    untrack,
    state: () => group([...tracked.values()].map(({ key, meta }) => [meta, key])),
    /** What changed since the last call; null when nothing did. */
    takeDiff(): PresenceDiff | null {
      if (!hasDiff()) return null
      const diff = { joins: group(joins), leaves: group(leaves) }
      joins = new Map()
      leaves = new Map()
      return diff
    },
  }
}

export type Presence<Owner> = ReturnType<typeof createPresence<Owner>>

function group(metas: Iterable<[Meta, string]>): Entries {
  const entries = new Map<string, { metas: Meta[] }>()
  for (const [meta, key] of metas) {
    const entry = entries.get(key)
    if (entry) entry.metas.push(meta)
    else entries.set(key, { metas: [meta] })
  }
  return Object.fromEntries(entries)
}
