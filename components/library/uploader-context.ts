'use client'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { LibraryUploader } from '#lib/client/encoding/upload/library-uploader.ts'
import type { UploaderSnapshot } from '#lib/client/encoding/upload/upload-view.ts'

export const UploaderContext = createContext<LibraryUploader | null>(null)

const nothing: UploaderSnapshot = { uploads: [], isAvailable: true }
const unsubscribed = () => undefined

/** The uploader around a view (null until the page has started it) and what it is doing. */
export function useUploader(): { uploader: LibraryUploader | null; snapshot: UploaderSnapshot } {
  const uploader = useContext(UploaderContext)
  const snapshot = useSyncExternalStore(
    uploader?.subscribe ?? (() => unsubscribed),
    uploader?.getSnapshot ?? (() => nothing),
    () => nothing,
  )
  return { uploader, snapshot }
}
