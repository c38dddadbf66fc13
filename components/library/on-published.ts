import type { LibraryUploader } from '#lib/client/encoding/upload/library-uploader.ts'

/** Calls back whenever another upload has become a track; returns the unsubscribe. */
export function onPublished(
  uploader: Pick<LibraryUploader, 'subscribe' | 'getSnapshot'>,
  listener: () => void,
): () => void {
  const known = new Set<string>()
  return uploader.subscribe(() => {
    const before = known.size
    for (const { id, phase } of uploader.getSnapshot().uploads) if (phase === 'published') known.add(id)
    if (known.size > before) listener()
  })
}
