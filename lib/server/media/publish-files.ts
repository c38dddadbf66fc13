import { artworkPath, isWhole, type VerifiedTrack } from '#lib/protocol/tracks.ts'
import type { MediaStorage } from './media-storage.ts'
import { masterPlaylist, masterPlaylistPath, mediaPlaylist, mediaPlaylistPath } from './playlists.ts'
import type { VerifiedMedia } from './verify/verify-track.ts'

const playlistType = 'application/vnd.apple.mpegurl'

/** While renditions are still to follow, nobody keeps the list of them for long. */
const cacheOfFirstInSeconds = 60

/**
 * Writes the playlists of a verified track and says what is to be published. Repeating it changes nothing. The master
 * playlist of a track that has all its renditions stands in the place of the one that had the first alone; whoever read
 * that goes on with what they have.
 */
export async function publishFiles(
  storage: Pick<MediaStorage, 'write'>,
  { folder, media }: { folder: string; media: VerifiedMedia },
): Promise<VerifiedTrack> {
  const { manifest, renditions, hasArtwork } = media
  const write = (path: string, content: string, cacheInSeconds?: number) =>
    storage.write(`${folder}/${path}`, content, playlistType, cacheInSeconds)
  for (const rendition of renditions) await write(mediaPlaylistPath(rendition.name), mediaPlaylist(rendition))
  // Last, since it leads to the others.
  const whole = isWhole(manifest)
  await write(masterPlaylistPath, masterPlaylist(renditions), whole ? undefined : cacheOfFirstInSeconds)
  return {
    durationInMs: manifest.durationInMs,
    preRollInMs: manifest.preRollInMs,
    waveform: manifest.waveform,
    waveformBands: manifest.waveformBands ?? null,
    bpm: manifest.bpm ?? null,
    musicalKey: manifest.musicalKey ?? null,
    isWhole: whole,
    playlistPath: `${folder}/${masterPlaylistPath}`,
    artworkPath: hasArtwork ? `${folder}/${artworkPath}` : null,
    loudnessInLufs: manifest.loudness.integratedInLufs,
    renditions: renditions.map(({ name, averageBitrate, peakBitrate }) => ({
      name,
      averageBitrate,
      peakBitrate,
    })),
  }
}
