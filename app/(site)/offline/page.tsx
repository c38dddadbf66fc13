import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { OfflineScreen } from '#components/offline/offline-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('offline')
  return { title: t('title'), robots: { index: false } }
}

/** Kept by the service worker, which shows it in place of any page that cannot be fetched. */
export default function OfflinePage() {
  return <OfflineScreen />
}
