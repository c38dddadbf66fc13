import { artworkPath, type VerifiedTrack } from '#lib/protocol/tracks.ts'
import type { MediaStorage } from './media-storage.ts'
import { masterPlaylist, masterPlaylistPath, mediaPlaylist, mediaPlaylistPath } from './playlists.ts'
import type { VerifiedMedia } from './verify/verify-track.ts'

const playlistType = 'application/vnd.apple.mpegurl'

/** Writes the playlists of a verified track and says what is to be published. Repeating it changes nothing. */
export async function publishFiles(
  storage: Pick<MediaStorage, 'write'>,
  { folder, media }: { folder: string; media: VerifiedMedia },
): Promise<VerifiedTrack> {
  const { manifest, renditions, hasArtwork } = media
  const write = (path: string, content: string) => storage.write(`${folder}/${path}`, content, playlistType)
  for (const rendition of renditions) await write(mediaPlaylistPath(rendition.name), mediaPlaylist(rendition))
  // Last, since it leads to the others.
  await write(masterPlaylistPath, masterPlaylist(renditions))
  return {
    durationInMs: manifest.durationInMs,
    preRollInMs: manifest.preRollInMs,
    waveform: manifest.waveform,
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
