import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Providers } from '#components/shell/providers.tsx'
import { SkipLink } from '#components/shell/skip-link.tsx'
import { loadPublicConfig } from '#lib/server/http/public-config.ts'

export default async function SiteLayout({ children }: { children: ReactNode }) {
  const [config, requestHeaders] = await Promise.all([loadPublicConfig(), headers()])
  return (
    <Providers config={config} nonce={requestHeaders.get('x-nonce') ?? undefined}>
      <SkipLink />
      {children}
    </Providers>
  )
}
