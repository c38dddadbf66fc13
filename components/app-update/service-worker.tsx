'use client'
import { useLocale } from 'next-intl'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { startServiceWorker, tellLanguage, waitingUpdate } from '#lib/client/service-worker/app-update.ts'
import { reloadHolds } from '#lib/client/service-worker/reload-holds.ts'
import { UpdateNotice } from './update-notice.tsx'

const none = () => null
const noHolds = () => 0

/** The page's side of the service worker. What is built while developing changes too often to be kept. */
export function ServiceWorker() {
  const locale = useLocale()
  const update = useSyncExternalStore(waitingUpdate.subscribe, waitingUpdate.getSnapshot, none)
  const holds = useSyncExternalStore(reloadHolds.subscribe, reloadHolds.getSnapshot, noHolds)
  const [isPutOff, setIsPutOff] = useState(false)
  useEffect(() => (process.env.NODE_ENV === 'production' ? startServiceWorker() : undefined), [])
  useEffect(() => tellLanguage(locale), [locale])
  if (!update || holds > 0 || isPutOff) return null
  return <UpdateNotice onUpdate={update.apply} onLater={() => setIsPutOff(true)} />
}
