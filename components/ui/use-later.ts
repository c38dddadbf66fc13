'use client'
import { useTranslations } from 'next-intl'
import { type ComponentType, useEffect, useEffectEvent, useState } from 'react'
import { notify } from './toasts.ts'

/**
 * A part of the page whose code is fetched when it is first wanted; null until then. Once there, it stays. Where the code
 * cannot be fetched, that is said, and the page goes on without: a thrown error would take the room and its music down.
 *
 * @param load the same function each time
 * @param onFailed takes the wish back, so that it can be tried again
 */
export function useLater<P>(
  load: () => Promise<ComponentType<P>>,
  isWanted: boolean,
  onFailed?: () => void,
): ComponentType<P> | null {
  const t = useTranslations('errors')
  const [Part, setPart] = useState<ComponentType<P> | null>(null)
  const isMissing = isWanted && Part === null
  const fail = useEffectEvent(() => {
    notify(t('unavailable'), 'warn')
    onFailed?.()
  })
  useEffect(() => {
    if (!isMissing) return
    let isGone = false
    load().then(
      (loaded) => {
        if (!isGone) setPart(() => loaded)
      },
      () => {
        if (!isGone) fail()
      },
    )
    return () => {
      isGone = true
    }
  }, [load, isMissing])
  return Part
}
