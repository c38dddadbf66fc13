import { AudioLines } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { anchors } from '#components/shell/anchors.ts'
import { buttonStyle } from '#components/ui/button-style.ts'
import { SyncBand } from './sync-band.tsx'

/** What it is, in one sentence, and the way in. `entry` is the field for a name, or a greeting. */
export function Hero({ entry }: { entry: ReactNode }) {
  const t = useTranslations('landing')
  return (
    <section className="flex flex-col gap-8 pt-10 pb-16 sm:gap-10 sm:pt-14 sm:pb-20">
      <h1 className="display mx-auto w-full max-w-7xl px-4 text-[clamp(4.25rem,13.2vw,11.5rem)] leading-[0.84] sm:px-8">
        {t('headline')}
      </h1>
      <SyncBand />
      <div className="mx-auto grid w-full max-w-7xl gap-8 px-4 sm:px-8 lg:grid-cols-2 lg:gap-16">
        <p className="max-w-[36rem] text-pretty text-lg text-muted sm:text-xl">{t('sentence')}</p>
        <div className="flex flex-col gap-5">
          <div className="grid gap-3 sm:flex">
            <Link href="/studio" className={buttonStyle('signal', 'large')}>
              <AudioLines className="size-5" aria-hidden="true" />
              {t('start')}
            </Link>
            <a href={`#${anchors.onAir}`} className={buttonStyle('outline', 'large')}>
              {t('listen')}
            </a>
          </div>
          {entry}
        </div>
      </div>
    </section>
  )
}
