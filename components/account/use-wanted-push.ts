'use client'
import { useLocale } from 'next-intl'
import { useEffect } from 'react'
import { personHere } from '#lib/client/auth/person-here.ts'
import { pushWantedBy } from '#lib/client/push/push-wanted.ts'
import { storageOf } from '#lib/client/storage-of.ts'
import type { PublicConfig } from '#lib/protocol/public-config.ts'

/** The service worker begins as late, and the first seconds of a visit belong to the music. */
const startsAfterInMs = 6_000

/** Puts notifications on this device right where they are wanted and got lost; for nobody else is anything loaded. */
export function useWantedPush(config: PublicConfig): void {
  const locale = useLocale()
  useEffect(() => {
    const restore = async () => {
      if (!pushWantedBy(personHere(), storageOf('localStorage')).read()) return
      const { openPushSwitch } = await import('./open-push-switch.ts')
      await openPushSwitch(config, locale).read()
    }
    // Without a network there is nobody to tell; the next visit does it.
    const timer = setTimeout(() => void restore().catch(() => undefined), startsAfterInMs)
    return () => clearTimeout(timer)
  }, [config, locale])
}
