'use client'
import { createContext, useContext, useEffect, useSyncExternalStore } from 'react'
import type { LibraryUploader } from '#lib/client/encoding/upload/library-uploader.ts'
import type { UploaderSnapshot } from '#lib/client/encoding/upload/upload-view.ts'

type UploaderHandle = {
  uploader: LibraryUploader | null
  /** Fetches the uploader, which is some code, once somebody needs it. */
  start: () => void
}

const nothing: UploaderSnapshot = { uploads: [], isAvailable: true, isPaused: false }
const unsubscribed = () => undefined

export const UploaderContext = createContext<UploaderHandle>({ uploader: null, start: unsubscribed })

/** The page's uploader (null until it has started) and what it is doing. */
export function useUploader(): { uploader: LibraryUploader | null; snapshot: UploaderSnapshot } {
  const { uploader, start } = useContext(UploaderContext)
  useEffect(start, [start])
  const snapshot = useSyncExternalStore(
    uploader?.subscribe ?? (() => unsubscribed),
    uploader?.getSnapshot ?? (() => nothing),
    () => nothing,
  )
  return { uploader, snapshot }
}
