'use client'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactNode } from 'react'
import { PublicConfigContext } from '#components/app/public-config.ts'
import { ServiceWorker } from '#components/app-update/service-worker.tsx'
import { UploaderProvider } from '#components/library/uploader-provider.tsx'
import { Toaster } from '#components/ui/toaster.tsx'
import type { PublicConfig } from '#lib/protocol/public-config.ts'

type ProvidersProps = { config: PublicConfig; nonce: string | undefined; children: ReactNode }

/** What every page stands in. */
export function Providers({ config, nonce, children }: ProvidersProps) {
  return (
    <CSPProvider {...(nonce ? { nonce } : {})}>
      <PublicConfigContext value={config}>
        <Tooltip.Provider delay={500}>
          <UploaderProvider>{children}</UploaderProvider>
          <Toaster />
          <ServiceWorker />
        </Tooltip.Provider>
      </PublicConfigContext>
    </CSPProvider>
  )
}
