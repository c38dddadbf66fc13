import type { LibraryUploader } from '#lib/client/encoding/upload/library-uploader.ts'

/** Calls back whenever an upload has become a track, and when all its renditions are there; returns the unsubscribe. */
export function onBetter(
  uploader: Pick<LibraryUploader, 'subscribe' | 'getSnapshot'>,
  listener: () => void,
): () => void {
  const known = new Set<string>()
  return uploader.subscribe(() => {
    const before = known.size
    for (const { id, phase, isPlayable } of uploader.getSnapshot().uploads) {
      if (isPlayable) known.add(id)
      if (isPlayable && (phase === 'published' || phase === 'refused')) known.add(`${id} settled`)
    }
    if (known.size > before) listener()
  })
}
