import { randomUUID } from 'node:crypto'
import { expect, inject, it } from 'vitest'
import { createLiveEncoder, type EncodedSegment } from '#lib/client/live/encode-live.ts'
import { sine } from '#lib/domain/audio/signals.ts'
import { parseServerEnv } from '#lib/env/server.ts'
import { enterAs, mustCall } from '#lib/testing/people.ts'
import { type Rpc, serviceDb } from '../db/clients.ts'
import { createMediaStorage } from '../media/media-storage.ts'
import { livePlaylist } from './live-playlist.ts'
import { endLive, startLive, takeSegment } from './live-stream.ts'
import { createLiveWindows } from './load-live-window.ts'

/** Three seconds of sound as a browser on air sends them. */
async function encode(): Promise<{ init: Uint8Array; segments: EncodedSegment[] }> {
  const segments: EncodedSegment[] = []
  const inits: Uint8Array[] = []
  const encoder = await createLiveEncoder({
    init: (bytes) => inits.push(bytes),
    segment: (segment) => segments.push(segment),
  })
  const signal = sine({ frequency: 440, peakInDbfs: -6, durationInMs: 3_000 })
  await encoder.add({ left: signal, right: signal })
  await encoder.finish()
  return { init: inits[0] ?? new Uint8Array(), segments }
}

it('takes a stream from its first segment to its end, and refuses what is none', async () => {
  const { url, publishableKey, secretKey } = inject('supabase')
  const keys = { SUPABASE_URL: url, SUPABASE_PUBLISHABLE_KEY: publishableKey, SUPABASE_SECRET_KEY: secretKey }
  const service = serviceDb(parseServerEnv(keys))
  const [dj, ana] = await Promise.all([enterAs('Marta'), enterAs('Ana')])
  const { id } = await mustCall<{ id: string }>(dj.db, 'create_session', { p_title: 'Live' })
  const { leaseId } = await mustCall<{ leaseId: string }>(dj.db, 'claim_lease', { p_session_id: id })
  const { init, segments } = await encode()
  const streamId = randomUUID()
  const startsAtInMs = Date.now()
  const storage = createMediaStorage(service)
  const send = (who: typeof dj, number: number, sound: Uint8Array | undefined) => {
    const startInSamples = segments[number - 1]?.startInSamples ?? 0
    return takeSegment(
      { db: who.db as unknown as Rpc, service, storage },
      {
        streamId,
        leaseId,
        number,
        startsAtInMs: startsAtInMs + startInSamples / 48,
        bytes: Buffer.concat([init, sound ?? new Uint8Array()]),
      },
    )
  }

  await startLive(dj.db as unknown as Rpc, id, { leaseId, streamId, mode: 'set', startsAtInMs, duckGain: 0 })
  await expect(send(ana, 1, segments[0]?.bytes)).rejects.toMatchObject({ code: 'not_found' })
  await expect(send(dj, 1, new Uint8Array(5_000))).rejects.toMatchObject({ code: 'invalid_input' })
  for (const { number, bytes } of segments) expect(await send(dj, number, bytes)).toEqual({ number })
  await endLive(dj.db as unknown as Rpc, streamId, { leaseId, endsAtInMs: startsAtInMs + 3_000 })

  const mediaUrl = (path: string) => `${url}/storage/v1/object/public/media/${path}`
  const playlist = livePlaylist(streamId, await createLiveWindows(service)(streamId), mediaUrl)
  expect(playlist).toContain('#EXT-X-ENDLIST')
  const addresses = [...playlist.matchAll(/^http.*$/gm)].map(([address]) => address)
  expect(addresses).toHaveLength(segments.length)
  for (const [i, address] of addresses.entries()) {
    const stored = await fetch(address)
    expect(Buffer.from(await stored.arrayBuffer()).equals(Buffer.from(segments[i]?.bytes ?? []))).toBe(true)
    expect(stored.headers.get('cache-control')).toContain('max-age=31536000')
  }
  const [, initAddress = ''] = /EXT-X-MAP:URI="([^"]+)"/.exec(playlist) ?? []
  expect((await fetch(initAddress)).status).toBe(200)
})
