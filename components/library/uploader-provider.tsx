'use client'
import { type ReactNode, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useSWRConfig } from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { useHoldReload } from '#components/app-update/use-hold-reload.ts'
import { personHere } from '#lib/client/auth/person-here.ts'
import type { LibraryUploader } from '#lib/client/encoding/upload/library-uploader.ts'
import { isSettled } from '#lib/client/encoding/upload/upload-view.ts'
import { nextTask } from '#lib/client/next-task.ts'
import { onBetter } from './on-better.ts'
import { UploaderContext } from './uploader-context.ts'

type UploaderProviderProps = { userId: string | null; children: ReactNode }

/**
 * Runs the uploads of one's library on whatever page one is, and refreshes the lists when a track can be played or is
 * better. It starts where somebody needs it, or where an earlier visit left something: listeners never load it.
 */
export function UploaderProvider({ userId, children }: UploaderProviderProps) {
  const config = usePublicConfig()
  const { mutate } = useSWRConfig()
  const [isWanted, setIsWanted] = useState(false)
  const [uploader, setUploader] = useState<LibraryUploader | null>(null)
  const start = useCallback(() => setIsWanted(true), [])

  useEffect(() => {
    if (!userId || !isHere(userId)) return
    void nextTask()
      .then(() => import('#lib/client/encoding/upload-files.ts'))
      .then(async ({ uploadFiles }) => {
        if ((await uploadFiles(userId).list()).length > 0) start()
      })
      // A browser that keeps nothing has nothing left.
      .catch(() => undefined)
  }, [start, userId])

  useEffect(() => {
    if (!isWanted || !userId || !isHere(userId)) return
    let created: LibraryUploader | null = null
    let isGone = false
    void Promise.all([
      import('#lib/client/encoding/upload/browser-uploader.ts'),
      authClientOf(config).supabase(),
    ]).then(([{ createBrowserUploader }, supabase]) => {
      if (isGone) return
      created = createBrowserUploader(userId, config, supabase)
      onBetter(created, () => void mutate(isListOfTracks))
      setUploader(created)
    })
    return () => {
      isGone = true
      created?.destroy()
      setUploader(null)
    }
  }, [config, mutate, isWanted, userId])

  useHoldReload(useIsUploading(uploader))
  const handle = useMemo(() => ({ uploader, start }), [uploader, start])
  return <UploaderContext value={handle}>{children}</UploaderContext>
}

/** Whether something is on its way that a reload would set back. */
function useIsUploading(uploader: LibraryUploader | null): boolean {
  return useSyncExternalStore(
    uploader?.subscribe ?? unsubscribed,
    () => uploader?.getSnapshot().uploads.some((upload) => !isSettled(upload)) ?? false,
    () => false,
  )
}

const unsubscribed = () => () => undefined

/** A page that is kept, as the one for no network is, may have been made for somebody else. */
const isHere = (userId: string) => personHere() === userId

function isListOfTracks(key: unknown): boolean {
  return typeof key === 'string' && /^\/api\/(tracks|sessions\/[^/]+\/catalogue)/.test(key)
}
