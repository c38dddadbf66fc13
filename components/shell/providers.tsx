'use client'
import { CSPProvider } from '@base-ui/react/csp-provider'
import dynamic from 'next/dynamic'
import { type ReactNode, startTransition, useEffect, useState } from 'react'
import { useWantedPush } from '#components/account/use-wanted-push.ts'
import { PublicConfigContext } from '#components/app/public-config.ts'
import { ServiceWorker } from '#components/app-update/service-worker.tsx'
import { UploaderProvider } from '#components/library/uploader-provider.tsx'
import { personHere } from '#lib/client/auth/person-here.ts'
import { nextTask } from '#lib/client/next-task.ts'
import { forgetOthers } from '#lib/client/personal-keys.ts'
import { storageOf } from '#lib/client/storage-of.ts'
import type { PublicConfig } from '#lib/protocol/public-config.ts'
import { LocalTime } from './local-time.tsx'

type ProvidersProps = {
  config: PublicConfig
  nonce: string | undefined
  userId: string | null
  /** The one that the profile names. */
  timeZone: string | null
  children: ReactNode
}

/** Nothing is shown in it before somebody has done something. */
const Toaster = dynamic(() => import('#components/ui/toaster.tsx').then((module) => module.Toaster), {
  ssr: false,
})

/** What every page stands in. */
export function Providers({ config: given, nonce, userId, timeZone, children }: ProvidersProps) {
  // The page may be drawn anew: what stands on its settings, a room that plays for one, stands on the same object then.
  const [config] = useState(given)
  const [isAlive, setIsAlive] = useState(false)
  useWantedPush(config)
  useEffect(() => {
    void bringToLife(() => startTransition(() => setIsAlive(true)))
  }, [])
  return (
    <CSPProvider {...(nonce ? { nonce } : {})}>
      <PublicConfigContext value={config}>
        <LocalTime chosen={timeZone}>
          <UploaderProvider userId={userId}>{children}</UploaderProvider>
          {isAlive ? <Toaster /> : null}
          <ServiceWorker />
        </LocalTime>
      </PublicConfigContext>
    </CSPProvider>
  )
}

/** What nobody waits for, each in a task of its own: none of it holds a page up that comes to life. */
async function bringToLife(onAlive: () => void): Promise<void> {
  await nextTask()
  onAlive()
  await nextTask()
  const here = personHere()
  for (const kind of ['localStorage', 'sessionStorage'] as const) {
    const storage = storageOf(kind)
    if (storage) forgetOthers(here, storage)
  }
  if (!here) return
  await nextTask()
  // A browser that keeps no files has none to remove.
  const files = await import('#lib/client/personal-files.ts').catch(() => null)
  await files?.forgetFilesOfOthers(here).catch(() => undefined)
}
