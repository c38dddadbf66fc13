import { limits } from '#lib/domain/limits/limits.ts'
import { cleanLine } from '#lib/domain/text/clean-line.ts'

/** Title and artist by the tags, else by the file's name ("Artist - Title.mp3", "01 Title.mp3"). */
export function nameTrack(
  tags: { title?: string; artist?: string },
  fileName: string,
): { title: string; artist: string | null } {
  const clean = (text: string) => cleanLine(text, limits.trackTitleMaxLength)
  const title = clean(tags.title ?? '')
  const artist = clean(tags.artist ?? '') || null
  if (title) return { title, artist }
  const stem = clean(
    fileName
      .replace(/\.[a-z0-9]{1,5}$/i, '')
      .replaceAll('_', ' ')
      .replace(/^\d{1,3}[\s.-]+(?=\S)/, ''),
  )
  const [before, ...after] = stem.split(' - ')
  const parted = artist === null && before && after.length > 0
  return parted ? { title: after.join(' - '), artist: before } : { title: stem || '—', artist }
}
