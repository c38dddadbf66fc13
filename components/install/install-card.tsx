'use client'
import { Download, Share } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useSyncExternalStore } from 'react'
import { useIsInBrowser } from '#components/app/use-is-in-browser.ts'
import { Button } from '#components/ui/button.tsx'
import { installOffer, isInstalled, isInstalledByHand } from '#lib/client/install/install-offer.ts'
import { setInstallPutOff, useIsInstallPutOff } from './put-off.ts'

/** Offers to install the app where the browser offers it, or says how it is done by hand; nothing anywhere else. */
export function InstallCard() {
  const t = useTranslations('install')
  const titleId = useId()
  const isInBrowser = useIsInBrowser()
  const isPutOff = useIsInstallPutOff()
  const offer = useSyncExternalStore(installOffer.subscribe, installOffer.getSnapshot, () => null)
  if (!isInBrowser || isPutOff || isInstalled()) return null
  const isByHand = isInstalledByHand()
  if (!offer && !isByHand) return null
  return (
    <section
      aria-labelledby={titleId}
      className="bubble flex flex-col items-start gap-3 border border-line bg-raised p-5 sm:p-6"
    >
      <h2 id={titleId} className="display text-3xl">
        {t('title')}
      </h2>
      <p className="max-w-prose text-muted">{t('text')}</p>
      {isByHand ? (
        <>
          <p className="flex max-w-prose items-center gap-3 font-semibold">
            <Share className="size-5 shrink-0 text-volt" aria-hidden="true" />
            {t('iosSteps')}
          </p>
          <p className="max-w-prose text-muted text-sm">{t('iosHonest')}</p>
        </>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {offer ? (
          <Button onClick={() => void offer.accept()}>
            <Download className="size-4" aria-hidden="true" />
            {t('action')}
          </Button>
        ) : null}
        <Button look="quiet" onClick={() => setInstallPutOff()}>
          {t('dismiss')}
        </Button>
      </div>
    </section>
  )
}
