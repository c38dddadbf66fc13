import { CodedError } from '#lib/protocol/errors.ts'
import { createAskTogether } from '../db/ask-together.ts'
import { callFunction } from '../db/call-function.ts'
import type { Rpc } from '../db/clients.ts'
import { type LiveWindow, liveWindowSchema } from './live-playlist.ts'

/** Every listener asks once a second. */
const freshForInMs = 250

/** Answers which segments a stream has, with one question to the database for all who ask at the same time. */
export function createLiveWindows(
  service: Rpc,
  now?: () => number,
): (streamId: string) => Promise<LiveWindow> {
  return createAskTogether(ask, freshForInMs, now)

  /** @throws CodedError `not_found` where there is nothing to play. */
  async function ask(streamId: string): Promise<LiveWindow> {
    const args = { p_stream_id: streamId }
    const window = await callFunction(service, 'live_playlist', args, liveWindowSchema.nullable())
    if (!window) throw new CodedError('not_found')
    return window
  }
}
