import { setPriority } from 'node:os'
import { encodeTrack } from '#lib/encoding/encode-track.ts'
import { pcmFromMemory } from '#lib/encoding/pcm.ts'
import type { Manifest } from '#lib/protocol/tracks.ts'
import { starterTracks } from './starter-tracks.ts'

/**
 * Renders and encodes one starter track in a process of its own, behind everything else that wants the processor, and
 * hands over what a browser would have uploaded.
 */
export type RenderMessage =
  | { kind: 'file'; path: string; bytes: Uint8Array }
  | { kind: 'manifest'; manifest: Manifest }

const leastPriority = 19
setPriority(leastPriority)
// The parent ended: nobody waits for this.
process.on('disconnect', () => process.exit())

const track = starterTracks.find(({ id }) => id === process.argv[2])
if (!track) throw new Error('no such starter track')
const send = (message: RenderMessage) =>
  new Promise<void>((resolve) => process.send?.(message, undefined, undefined, () => resolve()))
const manifest = await encodeTrack({
  source: pcmFromMemory(track.render()),
  artwork: null,
  estimateTempo: () => track.beatsPerMinute,
  onFile: ({ path, bytes }) => send({ kind: 'file', path, bytes }),
  onProgress: () => {},
})
await send({ kind: 'manifest', manifest })
process.exit()
