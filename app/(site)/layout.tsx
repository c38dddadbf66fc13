import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Providers } from '#components/shell/providers.tsx'
import { SkipLink } from '#components/shell/skip-link.tsx'
import { loadMe } from '#lib/server/accounts/load-me.ts'
import { loadPublicConfig } from '#lib/server/http/public-config.ts'

export default async function SiteLayout({ children }: { children: ReactNode }) {
  // Where this fails, the page says so: it asks the same.
  const me = loadMe().catch(() => null)
  const [config, requestHeaders, person] = await Promise.all([loadPublicConfig(), headers(), me])
  return (
    <Providers
      config={config}
      nonce={requestHeaders.get('x-nonce') ?? undefined}
      userId={person?.userId ?? null}
      timeZone={person?.timeZone ?? null}
    >
      <SkipLink />
      {children}
    </Providers>
  )
}
