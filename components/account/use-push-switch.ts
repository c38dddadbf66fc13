'use client'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import useSWR from 'swr'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { notify } from '#components/ui/toasts.ts'
import type { PushState } from '#lib/client/push/push-switch.ts'
import { openPushSwitch } from './open-push-switch.ts'

type UsedPushSwitch = {
  /** Undefined until the browser and the server were asked. */
  state: PushState | undefined
  isBusy: boolean
  /** From a tap alone: the browser may ask its person. Gives how it stands then. */
  turn: (way: 'turnOn' | 'turnOff') => Promise<PushState | undefined>
}

/** Notifications on this device: how they stand, and turning them on and off. */
export function usePushSwitch(): UsedPushSwitch {
  const t = useTranslations('errors')
  const locale = useLocale()
  const config = usePublicConfig()
  const [isBusy, setIsBusy] = useState(false)
  const open = () => openPushSwitch(config, locale)
  // A permission may change in the browser's own settings: looked at again when the page is looked at again.
  const { data: state, mutate } = useSWR('push-state', () => open().read(), { revalidateOnFocus: true })

  const turn: UsedPushSwitch['turn'] = async (way) => {
    setIsBusy(true)
    try {
      const next = await open()[way]()
      await mutate(next, { revalidate: false })
      return next
    } catch (error) {
      notify(t(errorCodeOf(error)), 'warn')
      return undefined
    } finally {
      setIsBusy(false)
    }
  }
  return { state, isBusy, turn }
}
