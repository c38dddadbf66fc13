import { CodedError } from '#lib/protocol/errors.ts'
import { callFunction } from '../db/call-function.ts'
import type { Rpc } from '../db/clients.ts'
import { type LiveWindow, liveWindowSchema } from './live-playlist.ts'

/** A playlist may be so old: ten thousand listeners who ask every second cost the database a few questions a second. */
const freshForInMs = 250

type Known = { atInMs: number; window: Promise<LiveWindow> }

/** Answers which segments a stream has, with one question to the database for all who ask at the same time. */
export function createLiveWindows(service: Rpc, now: () => number = () => performance.now()) {
  const knownById = new Map<string, Known>()

  return function load(streamId: string): Promise<LiveWindow> {
    const nowInMs = now()
    for (const [id, { atInMs }] of knownById) if (nowInMs - atInMs >= freshForInMs) knownById.delete(id)
    const known = knownById.get(streamId)
    if (known) return known.window
    const window = ask(streamId)
    knownById.set(streamId, { atInMs: nowInMs, window })
    return window
  }

  /** @throws CodedError `not_found` where there is nothing to play. */
  async function ask(streamId: string): Promise<LiveWindow> {
    const args = { p_stream_id: streamId }
    const window = await callFunction(service, 'live_playlist', args, liveWindowSchema.nullable())
    if (!window) throw new CodedError('not_found')
    return window
  }
}
