import { encodeTrack } from '#lib/encoding/encode-track.ts'
import { pcmFromMemory } from '#lib/encoding/pcm.ts'
import { renditionNames } from '#lib/protocol/tracks.ts'
import { becomeEncoder } from '../media/encode-child.ts'
import { starterTracks } from './starter-tracks.ts'

/** Renders and encodes one starter track in a process of its own, and hands over what a browser would have uploaded. */
const { sendFile, end } = becomeEncoder()
const track = starterTracks.find(({ id }) => id === process.argv[2])
if (!track) throw new Error('no such starter track')
const manifest = await encodeTrack({
  source: pcmFromMemory(track.render()),
  artwork: null,
  names: renditionNames,
  estimateTempo: () => track.beatsPerMinute,
  onFile: sendFile,
  onProgress: () => {},
})
await end({ kind: 'manifest', manifest })
