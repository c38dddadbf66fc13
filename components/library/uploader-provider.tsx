'use client'
import { type ReactNode, useEffect, useState } from 'react'
import { useSWRConfig } from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import type { LibraryUploader } from '#lib/client/encoding/upload/library-uploader.ts'
import { onPublished } from './on-published.ts'
import { UploaderContext } from './uploader-context.ts'

type UploaderProviderProps = {
  /** Listeners need no encoder: its code is only fetched where this is true. */
  isEnabled?: boolean
  children: ReactNode
}

/** Runs the uploads of one's library for as long as it stands, and refreshes the lists when a track is ready. */
export function UploaderProvider({ isEnabled = true, children }: UploaderProviderProps) {
  const config = usePublicConfig()
  const { mutate } = useSWRConfig()
  const [uploader, setUploader] = useState<LibraryUploader | null>(null)
  useEffect(() => {
    if (!isEnabled) return
    let created: LibraryUploader | null = null
    let isGone = false
    void import('#lib/client/encoding/upload/browser-uploader.ts').then(({ createBrowserUploader }) => {
      if (isGone) return
      created = createBrowserUploader(config, authClientOf(config).supabase)
      onPublished(created, () => void mutate(isListOfTracks))
      setUploader(created)
    })
    return () => {
      isGone = true
      created?.destroy()
      setUploader(null)
    }
  }, [config, mutate, isEnabled])
  return <UploaderContext value={uploader}>{children}</UploaderContext>
}

function isListOfTracks(key: unknown): boolean {
  return typeof key === 'string' && /^\/api\/(tracks|sessions\/[^/]+\/catalogue)/.test(key)
}
