'use client'
import { type ReactNode, useEffect, useState } from 'react'
import { useSWRConfig } from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { createBrowserUploader } from '#lib/client/encoding/upload/browser-uploader.ts'
import type { LibraryUploader } from '#lib/client/encoding/upload/library-uploader.ts'
import { UploaderContext } from './uploader-context.ts'

/** Runs the uploads of one's library for as long as it stands, and refreshes the lists when a track is ready. */
export function UploaderProvider({ children }: { children: ReactNode }) {
  const config = usePublicConfig()
  const { mutate } = useSWRConfig()
  const [uploader, setUploader] = useState<LibraryUploader | null>(null)
  useEffect(() => {
    const created = createBrowserUploader(config, authClientOf(config).supabase)
    const published = new Set<string>()
    created.subscribe(() => {
      const fresh = created
        .getSnapshot()
        .uploads.filter(({ id, phase }) => phase === 'published' && !published.has(id))
      if (fresh.length === 0) return
      for (const { id } of fresh) published.add(id)
      void mutate((key) => typeof key === 'string' && /^\/api\/(tracks|sessions\/.*\/catalogue)/.test(key))
    })
    setUploader(created)
    return () => {
      setUploader(null)
      created.destroy()
    }
  }, [config, mutate])
  return <UploaderContext value={uploader}>{children}</UploaderContext>
}
