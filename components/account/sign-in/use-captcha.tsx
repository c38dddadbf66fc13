'use client'
import type { TurnstileInstance } from '@marsidev/react-turnstile'
import dynamic from 'next/dynamic'
import { type ReactNode, type Ref, useRef } from 'react'
import { usePublicConfig } from '#components/app/public-config.ts'

type WidgetProps = { siteKey: string; widgetRef: Ref<TurnstileInstance> }

/** Loaded only where a captcha is asked for; it shows itself only where it wants something of the person. */
const Widget = dynamic<WidgetProps>(
  async () => {
    const { Turnstile } = await import('@marsidev/react-turnstile')
    return ({ siteKey, widgetRef }: WidgetProps) => (
      <Turnstile
        ref={widgetRef}
        siteKey={siteKey}
        options={{ appearance: 'interaction-only', theme: 'dark', size: 'flexible' }}
      />
    )
  },
  { ssr: false },
)

type Captcha = {
  /** Stands where the check may show itself. */
  widget: ReactNode
  /** A token for one request, or undefined where no captcha is configured or it could not be loaded. */
  takeToken: () => Promise<string | undefined>
}

export function useCaptcha(): Captcha {
  const { captchaSiteKey } = usePublicConfig()
  const widgetRef = useRef<TurnstileInstance>(null)
  if (captchaSiteKey === null) return { widget: null, takeToken: async () => undefined }
  return {
    widget: <Widget siteKey={captchaSiteKey} widgetRef={widgetRef} />,
    takeToken: async () => {
      // What the check refuses, the server refuses too, and the person is told.
      const token = await widgetRef.current?.getResponsePromise().catch(() => undefined)
      // Asked for anew: what was there before the script had come cannot be reset.
      widgetRef.current?.reset()
      return token
    },
  }
}
